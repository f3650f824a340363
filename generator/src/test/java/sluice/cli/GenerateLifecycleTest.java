package sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** The compiled class that Maven loads from {@code .mvn/lifecycle} is what its source says. */
class GenerateLifecycleTest {

  private static final Path LIFECYCLE = ProjectFolder.root().resolve(".mvn/lifecycle");

  @TempDir Path folder;

  @Test
  void theCommittedClassIsItsCompiledSource() throws IOException {
    byte[] committed = Files.readAllBytes(LIFECYCLE.resolve("sluice/GenerateLifecycle.class"));

    assertThat(normalized(committed))
        .as(
            "compile it anew: javac --release 17 -g:none -cp MAVEN_HOME/lib/maven-core-*.jar"
                + " -d .mvn/lifecycle .mvn/lifecycle/sluice/GenerateLifecycle.java")
        .isEqualTo(normalized(compiled()));
  }

  @Test
  void theCommittedClassIsSmall() throws IOException {
    assertThat(LIFECYCLE.resolve("sluice/GenerateLifecycle.class").toFile().length())
        .isLessThan(300);
  }

  /** Compiles against an empty superclass: the class names it and calls its constructor only. */
  private byte[] compiled() throws IOException {
    Path superclass = folder.resolve("Lifecycle.java");
    Files.writeString(superclass, "package org.apache.maven.lifecycle; public class Lifecycle {}");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("--release", "17", "-g:none", "-d", folder.toString());
    try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      boolean done =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjects(
                      superclass, LIFECYCLE.resolve("sluice/GenerateLifecycle.java")))
              .call();
      assertThat(done).isTrue();
    }
    return Files.readAllBytes(folder.resolve("sluice/GenerateLifecycle.class"));
  }

  /** The class with its constants in ASM's order, which compilers of different age do not share. */
  private static byte[] normalized(byte[] classFile) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile).accept(writer, 0);
    return writer.toByteArray();
  }
}
