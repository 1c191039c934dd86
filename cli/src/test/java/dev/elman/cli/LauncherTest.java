package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code elman}, with a java that prints what it is called with. */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of("sed", "find", "head", "dirname", "readlink", "mktemp", "rm", "mv", "touch");

  @TempDir private Path folder;
  private Path root;
  private Path bin;

  @BeforeEach
  void aCheckoutThatIsBuilt() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the script needs a shell");
    folder = folder.toRealPath();
    root = folder.resolve("checkout");
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Path found =
          List.of(Path.of("/usr/bin", tool), Path.of("/bin", tool)).stream()
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      executable(bin.resolve(tool), "exec " + found + " \"$@\"");
    }
    Path script = Path.of("..", "elman");
    Files.createDirectories(root.resolve("cli/target"));
    Files.copy(script, root.resolve("elman"));
    Files.writeString(root.resolve("cli/target/elman.jar"), "");
  }

  /** A JDK of a release, whose java prints its arguments. */
  private Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk-" + version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    executable(java, "echo \"$@\"");
    return home;
  }

  private static void executable(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    file.toFile().setExecutable(true);
  }

  /**
   * What a shell prints.
   *
   * @param code its exit code
   * @param text of both streams
   */
  private record Printed(int code, String text) {}

  private Printed launch(Path home, String jvm, String... arguments) throws Exception {
    return launch(root.resolve("elman"), home, jvm, arguments);
  }

  private Printed launch(Path script, Path home, String jvm, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    if (home != null) {
      builder.environment().put("JAVA_HOME", home.toString());
    }
    builder.environment().put("ELMAN_JVM", jvm);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Printed(process.waitFor(), text);
  }

  @Test
  void givesTheProgramItsFlagsAndArguments() throws Exception {
    Printed printed = launch(jdk("17.0.9"), "", "train", "a b.csv");
    assertThat(printed.code()).isZero();
    assertThat(printed.text())
        .contains("--add-modules jdk.incubator.vector", "-XX:+UseSerialGC -Xms32m -Xmn24m")
        .contains("-jar " + root.resolve("cli/target/elman.jar") + " train a b.csv");
  }

  @Test
  void leavesTheHeapToWhoNamesIt() throws Exception {
    assertThat(launch(jdk("21"), "-Xmx1g", "--version").text())
        .contains("-XX:+UseSerialGC -Xmx1g -jar")
        .doesNotContain("-Xms32m");
    assertThat(launch(jdk("21"), "-XX:+UseZGC", "--version").text()).doesNotContain("SerialGC");
  }

  @Test
  void findsItsFolderThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("elman-link"), root.resolve("elman"));
    assertThat(launch(link, jdk("17.0.9"), "").text())
        .contains("-jar " + root.resolve("cli/target/elman.jar"));
  }

  @Test
  void saysWhichJavaItNeedsAndWhatItFound() throws Exception {
    Path old = jdk("11.0.2");
    Printed printed = launch(old, "");
    assertThat(printed.code()).isEqualTo(1);
    assertThat(printed.text())
        .isEqualTo(
            "elman: expected a JDK of version 17 or later, found "
                + old.resolve("bin/java")
                + " (version 11).\nInstall one (for example from https://adoptium.net) and set"
                + " JAVA_HOME to its folder, or put its bin folder on the PATH.\n");
    assertThat(launch(null, "").text()).contains("17 or later, found none.");
  }

  @Test
  void saysThatItNeedsMavenToBuild() throws Exception {
    Files.delete(root.resolve("cli/target/elman.jar"));
    Printed printed = launch(jdk("17.0.9"), "");
    assertThat(printed.code()).isEqualTo(1);
    assertThat(printed.text())
        .contains("Building Elman (first use, about a minute) ...")
        .contains("elman: expected Maven (the command mvn, 3.6.3 or later) to build with, found")
        .contains("Install Maven and put its bin folder on the PATH.");
  }
}
