package sluice.hdl.fuzz;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Instance;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Site;
import sluice.hdl.netlist.StateMachine;

/**
 * Prints a design as the Java that builds it: a method {@code design()} to paste into a test, with
 * the classes of {@code java.math}, {@code java.util} and {@code sluice.hdl.netlist} imported. Java
 * lines and streams are left out.
 */
public final class JavaPrinter {
  private final Map<Netlist, String> modules = new IdentityHashMap<>();
  private final StringBuilder out = new StringBuilder();

  private JavaPrinter() {}

  /** The method that builds a design as it was before any pass. */
  public static String print(Design design) {
    JavaPrinter printer = new JavaPrinter();
    printer.out.append("static Design design() {\n");
    for (Netlist netlist : design.modules()) {
      String name = "m" + printer.modules.size();
      printer.modules.put(netlist, name);
      printer.new ModulePrinter(netlist, name).print();
    }
    String top = printer.modules.get(design.top());
    return printer.out.append("  return Design.of(").append(top).append(");\n}\n").toString();
  }

  private static String text(String string) {
    return string == null ? "null" : '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String number(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return "BigInteger.valueOf(" + value + ")";
    }
    return "new BigInteger(\"" + value.toString(16) + "\", 16)";
  }

  private static <E extends Enum<E>> String constant(E value) {
    Class<E> type = value.getDeclaringClass();
    String outer = type.getEnclosingClass() == null ? "" : type.getEnclosingClass().getSimpleName();
    return (outer.isEmpty() ? "" : outer + ".") + type.getSimpleName() + "." + value.name();
  }

  /** Prints one module; its variables begin with its own. */
  private final class ModulePrinter {
    private final Netlist netlist;
    private final String name;
    private final Map<Clock, String> clocks = new HashMap<>();
    private final Map<MemoryBlock, String> memories = new HashMap<>();
    private final Map<Instance, String> instances = new HashMap<>();

    ModulePrinter(Netlist netlist, String name) {
      this.netlist = netlist;
      this.name = name;
    }

    private void line(String format, Object... arguments) {
      out.append("  ").append(format.formatted(arguments)).append('\n');
    }

    private String of(Node node) {
      return node == null ? "null" : name + "n" + node.id();
    }

    private String of(List<? extends Node> nodes) {
      return nodes.stream().map(this::of).collect(Collectors.joining(", ", "List.of(", ")"));
    }

    void print() {
      line("Netlist %s = new Netlist(%s, Site.NONE);", name, text(netlist.name()));
      if (!netlist.description().isEmpty()) {
        line("%s.setDescription(%s);", name, text(netlist.description()));
      }
      netlist.memories().forEach(this::memory);
      netlist.instances().forEach(this::instance);
      netlist.nodes().forEach(this::node);
      // Those that nothing belongs to.
      netlist.clocks().forEach(this::clock);
      netlist.nodes().forEach(this::later);
      netlist.memories().forEach(this::writes);
      netlist.instances().forEach(this::connect);
      for (Property property : netlist.properties()) {
        line(
            "%s.properties().add(new Property(%s, %s, %s, %s, %s, Site.NONE));",
            name,
            constant(property.kind()),
            clock(property.clock()),
            of(property.enable()),
            of(property.condition()),
            text(property.text()));
      }
      netlist.stateMachines().forEach(this::machine);
      netlist.ports().forEach(this::port);
    }

    /** The variable of a clock; clocks are made when one is needed, in order. */
    private String clock(Clock clock) {
      for (Clock next : netlist.clocks()) {
        if (clocks.containsKey(clock)) {
          break;
        }
        if (!clocks.containsKey(next)) {
          make(next);
        }
      }
      return clocks.get(clock);
    }

    private void make(Clock clock) {
      if (clock == netlist.clock()) {
        clocks.put(clock, name + ".clock()");
      } else {
        String base = clock.base() == null ? "null" : clocks.get(clock.base());
        String variable = name + "c" + clocks.size();
        line(
            "Clock %s = new Clock(%s, %s, %s, %s, Site.NONE);",
            variable, text(clock.name()), base, of(clock.reset()), clock.asynchronousReset());
        line("%s.clocks().add(%s);", name, variable);
        clocks.put(clock, variable);
      }
      if (clock.base() == null && !clock.hasReset()) {
        line("%s.removeReset();", clocks.get(clock));
      }
    }

    private void memory(MemoryBlock memory) {
      String variable = name + "m" + memories.size();
      memories.put(memory, variable);
      line(
          "MemoryBlock %s = new MemoryBlock(%d, %d, %s, Site.NONE);",
          variable, memory.depth(), memory.width(), memory.synchronous());
      if (memory.name() != null) {
        line("%s.rename(%s);", variable, text(memory.name()));
      }
      if (memory.latency() > 1) {
        line("%s.setLatency(%d);", variable, memory.latency());
      }
      if (memory.maskGranularity() > 0) {
        line("%s.setMaskGranularity(%d);", variable, memory.maskGranularity());
      }
      if (memory.contents() != null) {
        String words =
            memory.contents().stream().map(JavaPrinter::number).collect(Collectors.joining(", "));
        line("%s.setContents(List.of(%s));", variable, words);
      }
      line("%s.memories().add(%s);", name, variable);
    }

    private void instance(Instance instance) {
      String variable = name + "i" + instances.size();
      instances.put(instance, variable);
      line(
          "Instance %s = new Instance(%s, %s, Site.NONE);",
          variable, modules.get(instance.child()), text(instance.name()));
      if (instance.isNamed()) {
        line("%s.rename(%s);", variable, text(instance.name()));
      }
      line("%s.instances().add(%s);", name, variable);
    }

    private String port(Instance instance, Port port) {
      int number = instance.child().ports().indexOf(port);
      return modules.get(instance.child()) + ".ports().get(" + number + ")";
    }

    private void node(Node node) {
      List<String> arguments = new ArrayList<>(List.of(name));
      if (node instanceof Node.Constant constant) {
        arguments.add(Integer.toString(node.width()));
        arguments.add(number(constant.value()));
        arguments.add(text(constant.symbol()));
      } else if (node instanceof Node.Operation operation) {
        arguments.add(constant(operation.operator()));
        arguments.add(Integer.toString(node.width()));
        arguments.add(of(operation.operands()));
      } else if (node instanceof Node.Slice slice) {
        arguments.add(of(slice.source()));
        arguments.add(Integer.toString(slice.low()));
        arguments.add(Integer.toString(node.width()));
      } else if (node instanceof Node.Register register) {
        arguments.add(clock(register.clock()));
        arguments.add(constant(register.crossing()));
        arguments.add(Integer.toString(node.width()));
      } else if (node instanceof Node.MemoryRead read) {
        arguments.add(clock(read.clock()));
        arguments.add(memories.get(read.memory()));
        arguments.add(of(read.address()));
        arguments.add(of(read.enable()));
      } else if (node instanceof Node.InstanceOutput output) {
        arguments.add(instances.get(output.instance()));
        arguments.add(port(output.instance(), output.port()));
      } else {
        arguments.add(Integer.toString(node.width()));
      }
      arguments.add("Site.NONE");
      String type = "Node." + node.getClass().getSimpleName();
      line("%s %s = new %s(%s);", type, of(node), type, String.join(", ", arguments));
      if (node.name() != null) {
        line("%s.rename(%s, %s);", of(node), text(node.name()), constant(node.nameLevel()));
      }
      if (node instanceof Node.Register register && register.resetValue() != null) {
        line("%s.setResetValue(%s);", of(node), number(register.resetValue()));
      }
    }

    private void later(Node node) {
      if (node instanceof Node.Register register) {
        line("%s.setNext(%s);", of(node), of(register.next()));
      } else if (node instanceof Node.Wire wire && wire.driver() != null) {
        line("%s.setDriver(%s);", of(node), of(wire.driver()));
      }
    }

    private void writes(MemoryBlock memory) {
      for (MemoryBlock.Write write : memory.writes()) {
        line(
            "%s.writes().add(new MemoryBlock.Write(%s, %s, %s, %s, %s, Site.NONE));",
            memories.get(memory),
            of(write.enable()),
            of(write.address()),
            of(write.data()),
            of(write.mask()),
            clock(write.clock()));
      }
      for (MemoryBlock.ReadWrite port : memory.readWrites()) {
        line(
            "%s.share(%s, %s, %s, %s, Site.NONE);",
            memories.get(memory),
            of(port.read()),
            of(port.mode()),
            of(port.data()),
            of(port.mask()));
      }
    }

    private void connect(Instance instance) {
      String variable = instances.get(instance);
      List<Clock> ofChild = instance.child().clocks();
      for (Clock clock : ofChild) {
        if (instance.clocks().containsKey(clock)) {
          line(
              "%s.clocks().put(%s.clocks().get(%d), %s);",
              variable,
              modules.get(instance.child()),
              ofChild.indexOf(clock),
              clock(instance.clocks().get(clock)));
        }
      }
      instance
          .inputs()
          .forEach(
              (port, wire) ->
                  line("%s.inputs().put(%s, %s);", variable, port(instance, port), of(wire)));
      instance
          .outputs()
          .forEach(
              (port, node) ->
                  line("%s.outputs().put(%s, %s);", variable, port(instance, port), of(node)));
    }

    private void machine(StateMachine machine) {
      String states =
          machine.states().stream()
              .map(
                  s -> "new StateMachine.State(%s, %s)".formatted(text(s.name()), number(s.code())))
              .collect(Collectors.joining(", "));
      line(
          "%s.stateMachines().add(new StateMachine(%s, List.of(%s)));",
          name, of(machine.register()), states);
    }

    private void port(Port port) {
      line(
          "%s.ports().add(new Port(%s, %s, %s, %s, %s));",
          name,
          text(port.name()),
          constant(port.direction()),
          of(port.node()),
          text(port.group()),
          port.clock() == null ? "null" : clock(port.clock()));
    }
  }

  /** The imports that the method needs. */
  public static String imports() {
    List<Class<?>> classes =
        List.of(
            BigInteger.class,
            List.class,
            Clock.class,
            Crossing.class,
            Design.class,
            Instance.class,
            MemoryBlock.class,
            sluice.hdl.netlist.NameLevel.class,
            Netlist.class,
            Node.class,
            sluice.hdl.netlist.Operator.class,
            Port.class,
            Property.class,
            Site.class,
            StateMachine.class);
    return classes.stream()
        .map(type -> "import " + type.getName() + ";\n")
        .collect(Collectors.joining());
  }
}
