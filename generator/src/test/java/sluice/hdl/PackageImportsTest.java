package sluice.hdl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The readers of the netlist know nothing of each other. */
@AnalyzeClasses(packages = "sluice.hdl", importOptions = DoNotIncludeTests.class)
class PackageImportsTest {
  @ArchTest static final ArchRule netlist = imports("netlist");

  @ArchTest static final ArchRule check = imports("check", "sluice.hdl.netlist");

  @ArchTest static final ArchRule pass = imports("pass", "sluice.hdl.netlist");

  @ArchTest static final ArchRule timing = imports("timing", "sluice.hdl.netlist");

  @ArchTest static final ArchRule verilog = imports("verilog", "sluice.hdl.netlist");

  @ArchTest
  static final ArchRule sim =
      imports("sim", "sluice.hdl", "sluice.hdl.check", "sluice.hdl.netlist");

  private static ArchRule imports(String name, String... allowed) {
    return classes()
        .that()
        .resideInAPackage("sluice.hdl." + name)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("sluice.."))
                .or(resideInAPackage("sluice.hdl." + name))
                .or(resideInAnyPackage(allowed)))
        .as("package %s imports only %s".formatted(name, String.join(", ", allowed)));
  }
}
