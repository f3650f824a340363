package sluice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Imports between the packages run one way. */
@AnalyzeClasses(packages = "sluice", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  /** What each package may import of the others. */
  private static final Map<String, List<String>> IMPORTS =
      Map.ofEntries(
          entry("hdl"),
          entry("synthesis", "hdl"),
          entry("bench", "accel", "layout", "config", "hdl"),
          entry("config", "hdl"),
          entry("layout", "config", "hdl"),
          entry("accel", "layout", "config", "hdl"),
          entry("tensor"),
          entry("golden", "layout", "config", "tensor"),
          entry("model", "accel", "layout", "config", "hdl"),
          entry("handoff", "accel", "layout", "config", "hdl"),
          entry("cosim", "handoff", "golden", "tensor", "layout", "config", "hdl"),
          entry(
              "cli",
              "bench",
              "synthesis",
              "cosim",
              "handoff",
              "model",
              "golden",
              "tensor",
              "accel",
              "layout",
              "config",
              "hdl"));

  @ArchTest
  static void packagesImportOnlyWhatTheyMay(JavaClasses classes) {
    IMPORTS.forEach((name, imports) -> mayImport(name, imports).check(classes));
  }

  @ArchTest
  static final ArchRule everyClassIsInAPackageWithARule =
      classes()
          .should()
          .resideInAnyPackage(
              IMPORTS.keySet().stream().map(ArchitectureTest::pattern).toArray(String[]::new));

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("sluice.(*)..").should().beFreeOfCycles();

  private static ArchRule mayImport(String name, List<String> imports) {
    String[] allowed =
        Stream.concat(Stream.of(name), imports.stream())
            .map(ArchitectureTest::pattern)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(pattern(name))
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage("sluice..")).or(resideInAnyPackage(allowed)))
        .as("package %s imports only %s".formatted(name, imports))
        .allowEmptyShould(true);
  }

  private static String pattern(String name) {
    return "sluice." + name + "..";
  }

  private static Map.Entry<String, List<String>> entry(String name, String... imports) {
    return Map.entry(name, List.of(imports));
  }
}
