package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {

  @Test
  void withoutTheModuleThePlainLoopsRunAndNameTheCure() throws IOException {
    assertThat(run()).contains("scalar (add --add-modules jdk.incubator.vector for speed): 31.0");
    assertThat(run("-Delman.kernels=vector"))
        .contains("elman.kernels=vector needs the module jdk.incubator.vector")
        .contains("add --add-modules jdk.incubator.vector to the java command");
  }

  @Test
  void withTheModuleVectorsRunUnlessPlainLoopsAreWished() throws IOException {
    assertThat(run("--add-modules", "jdk.incubator.vector")).containsPattern("vector \\d+-bit: 31");
    assertThat(run("--add-modules", "jdk.incubator.vector", "-Delman.kernels=scalar"))
        .contains("scalar")
        .contains(": 31.0");
  }

  @Test
  void anUnknownWishIsRefused() {
    assertThatThrownBy(() -> KernelChoice.choose("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("elman.kernels is \"fast\"; expected vector or scalar, or leave it unset");
  }

  @Test
  void narrowerVectorsPlainLoopsAndRepetitionComeToTheSameBits() throws IOException {
    String digest = Bits.digest();
    for (int i = 0; i < 300; i++) {
      assertThat(Bits.digest()).isEqualTo(digest);
    }
    assertThat(run(Bits.class, "--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=16"))
        .contains(digest);
    assertThat(run(Bits.class)).contains(digest);
  }

  private static String run(String... options) throws IOException {
    return run(Choice.class, options);
  }

  private static String run(Class<?> main, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes());
  }
}
