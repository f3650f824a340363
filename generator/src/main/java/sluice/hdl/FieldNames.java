package sluice.hdl;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.netlist.BuiltInNames;
import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;
import sluice.hdl.netlist.StreamPorts;

/** Names a module's ports, registers, memories and children after the fields that hold them. */
final class FieldNames {
  private final Module module;
  private final Map<Object, String> names = new IdentityHashMap<>();
  private final List<Object> held = new ArrayList<>();

  FieldNames(Module module) {
    this.module = module;
    for (Class<?> type = module.getClass(); type != Module.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          add(Identifier.snakeCase(field.getName()), read(field));
        }
      }
    }
  }

  private Object read(Field field) {
    try {
      field.setAccessible(true);
      return field.get(module);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read " + field, e);
    }
  }

  private void add(String name, Object value) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(name + "_" + i, list.get(i));
      }
    } else if (value instanceof Object[] array) {
      add(name, List.of(array));
    } else if (value instanceof Data || value instanceof Module || value instanceof Memory<?>) {
      if (names.putIfAbsent(value, name) == null) {
        held.add(value);
      }
    }
  }

  void apply(List<Module.PortDeclaration> declarations) {
    Map<String, Site> taken = new HashMap<>();
    // The ports of a black box are called as they are elsewhere.
    boolean elsewhere = module.netlist().blackBox() != null;
    Set<String> builtIn = elsewhere ? Set.of() : BuiltInNames.of(module.netlist());
    for (Module.PortDeclaration declaration : declarations) {
      String name = declaration.name();
      if (names.containsKey(declaration.data())) {
        name = name == null ? names.get(declaration.data()) : name;
      }
      if (name == null) {
        mistake(
            Diagnostic.Kind.UNNAMED_PORT,
            "a port of " + module.describe() + " is held by no field",
            declaration.site(),
            null,
            "keep it in a field, or give a name: input(type, \"name\")");
        name = "unnamed_port_" + taken.size();
      }
      name = elsewhere ? name : Identifier.snakeCase(name);
      for (Module.PortLeaf leaf : declaration.leaves()) {
        String portName = name + leaf.path();
        if (builtIn.contains(portName)) {
          mistake(
              Diagnostic.Kind.NAME_CLASH,
              "a port is called "
                  + portName
                  + ", which "
                  + BuiltInNames.owner(portName)
                  + " has by itself",
              declaration.site(),
              null,
              "rename it");
        }
        Site earlier = taken.putIfAbsent(portName, declaration.site());
        if (earlier != null) {
          mistake(
              Diagnostic.Kind.NAME_CLASH,
              "two ports are called " + portName,
              declaration.site(),
              earlier,
              "rename one of them");
        }
        leaf.boundary().inside.rename(portName, NameLevel.RESERVED);
        Port port =
            new Port(portName, leaf.direction(), leaf.boundary().inside, name, declaration.clock());
        leaf.boundary().port = port;
        module.netlist().ports().add(port);
      }
      for (Stream<?> stream : Leaves.streams(declaration.data())) {
        module.netlist().streams().add(new StreamPorts(port(stream.valid()), port(stream.ready())));
      }
    }
    held.forEach(value -> nameContents(value, names.get(value)));
  }

  private static Port port(Bits signal) {
    return ((Source.Boundary) signal.source()).port;
  }

  private void mistake(Diagnostic.Kind kind, String message, Site site, Site other, String advice) {
    module.drivers().note(new Diagnostic(kind, message, site, other, advice));
  }

  private void nameContents(Object value, String name) {
    if (value instanceof Module child && child.parent() == module) {
      child.instance().rename(name);
    } else if (value instanceof Memory<?> memory && memory.block().name() == null) {
      memory.named(name);
    } else if (value instanceof Data data) {
      Leaves.visit(
          data,
          (bits, leaf) -> {
            if (bits.source() instanceof Source.Local local
                && local.module() == module
                && !local.node().isNamed()
                && isNameable(local.node())) {
              local.node().rename(name + leaf.path());
            }
          });
    }
  }

  /** Constants stay numbers, and an output of a child is called after the child. */
  private static boolean isNameable(Node node) {
    return !(node instanceof Node.Constant || node instanceof Node.InstanceOutput);
  }
}
