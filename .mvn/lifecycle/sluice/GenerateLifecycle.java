package sluice;

/**
 * The lifecycle that components.xml configures. It needs a class of its own because Maven's
 * container finds a component's configuration by its class, and Maven's own lifecycles already use
 * the superclass. The compiled class is kept beside this file; LifecycleClassTest holds it to this
 * source and says how to compile it anew.
 */
public class GenerateLifecycle extends org.apache.maven.lifecycle.Lifecycle {}
