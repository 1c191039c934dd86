package dev.elman.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares engines of a few words of shell, whose speeds are known. */
final class CompareTest {
  private static final String ELMAN = engine("elman", "ready 1000", "2.0");
  private static final String OTHER = engine("other-THREADS", "ready 1000", "8.0");
  private static final String SLOWER = engine("slower", "ready 1000", "16.0");
  private static final String SGEMM = engine("sgemm", "ready 4000", "4.0");
  private static final String IDLE = engine("idle", "none", "1");

  @TempDir private Path folder;

  @Test
  void elmanIsComparedWithTheFastestOtherInTheSameTurn() throws Exception {
    List<String> lines = compare("train", 2, ELMAN, SLOWER, OTHER, SGEMM, IDLE);
    String key = ",train,LSTM,3,2,4,5,1,1,equal,";
    assertThat(lines.subList(0, 4))
        .containsExactly(
            "3,1" + key + "elman,0.500,0.500,0.500,4.000,0.500,1000",
            "3,1" + key + "slower,0.063,0.063,0.063,,,1000",
            "3,1" + key + "other-3,0.125,0.125,0.125,,,1000",
            "3,1" + key + "sgemm,1.000,1.000,1.000,,,4000");
    assertThat(lines).hasSize(8);
    assertThat(lines.get(7)).startsWith("3,2,train");
  }

  @Test
  void wholeModelsAreCountedInTokensASecond() throws Exception {
    assertThat(compare("language", 1, ELMAN, OTHER).get(0))
        .endsWith("elman,500000000.000,500000000.000,500000000.000,4.000,,1000");
  }

  @Test
  void whatElmanOrAllOthersDoNotDoIsLeftOut() throws Exception {
    assertThat(compare("train", 1, IDLE, OTHER)).isEmpty();
    assertThat(compare("train", 1, ELMAN, IDLE, SGEMM)).isEmpty();
  }

  @Test
  void elmanAloneIsComparedWithSgemm() throws Exception {
    assertThat(compare("train", 1, ELMAN, SGEMM).get(0))
        .endsWith("elman,0.500,0.500,0.500,,0.500,1000");
  }

  @Test
  void aLastingEngineIsOneProcessThroughAllRounds() throws Exception {
    String counting =
        "bash -c 'echo x >>%1$s; echo elman; while read r s; do if [ $r = go ]; then echo 4; else echo ready 1000; fi; done'"
            .formatted(folder.resolve("started"));
    List<String> lines = compare("train", 2, "--lasting", counting, ELMAN);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).endsWith(",elman,0.500,0.500,0.500,,2.000,1000");
    assertThat(lines.get(3)).endsWith(",lasting-elman,0.250,0.250,0.250,,,1000");
    assertThat(folder.resolve("started")).hasContent("x");
  }

  @Test
  void enginesAreKeptToAsManyCoresAsTheyHaveThreads() throws Exception {
    assumeTrue(new ProcessBuilder("bash", "-c", "command -v taskset").start().waitFor() == 0);
    String counting = ELMAN.replace("echo elman", "unset ${!OMP*}; echo elman-on-$(nproc)");
    List<String> lines = compare("train", 1, "--threads", "1", "./cores THREADS " + counting);
    assertThat(lines.get(0)).contains(",elman-on-1,");
  }

  @Test
  void anEngineThatEndsIsNamedWithItsComplaints() {
    String broken = "bash -c 'echo broken; read request; echo out of luck >&2; exit 7'";
    assertThatThrownBy(() -> compare("train", 1, ELMAN, broken))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("echo broken")
        .hasMessageContaining("exit code 7 when asked 'prepare train LSTM,3,2,4,5,1,1,equal'")
        .hasMessageContaining("out of luck");
  }

  @Test
  void memoryIsThatOfTheProcess() throws Exception {
    Path results = folder.resolve("memory.csv");
    String full = "bash -c 'echo e; read r; echo more memory that Java may use >&2; exit 3'";
    for (String mode : List.of("train", "classify")) {
      Memory.run(
          CompareOptions.of(
              "--results",
              results.toString(),
              "--shapes",
              shapes(),
              "--modes",
              mode,
              "--part",
              "Part",
              "elman",
              ELMAN,
              "elman in a heap",
              full,
              "pytorch",
              IDLE));
    }
    List<String> lines = Files.readAllLines(results);
    assertThat(lines).hasSize(ResultsFile.HEADING + 4);
    assertThat(lines.get(3)).matches("Part,1,train,LSTM,3,2,4,5,1,1,equal,elman,(\\d+|NaN),0\\.00");
    assertThat(lines.get(4))
        .isEqualTo("Part,1,train,LSTM,3,2,4,5,1,1,equal,elman in a heap,out of memory,");
    assertThat(lines.get(5)).startsWith("Part,1,classify,");
  }

  /** A process that answers as told. */
  private static String engine(String name, String ready, String microseconds) {
    return "bash -c 'echo %s; while read r s; do if [ $r = go ]; then echo %s; else echo %s; fi; done'"
        .formatted(name, microseconds, ready);
  }

  /** The lines of results below the heading. */
  private List<String> compare(String mode, int rounds, String... engines) throws Exception {
    Path results = folder.resolve("results.csv");
    List<String> args = new ArrayList<>();
    args.addAll(List.of("--results", results.toString(), "--shapes", shapes()));
    args.addAll(List.of("--modes", mode, "--rounds", Integer.toString(rounds)));
    args.addAll(List.of("--threads", "3", "--turns", "2"));
    args.addAll(List.of(engines));
    Compare.run(CompareOptions.of(args.toArray(String[]::new)));
    List<String> lines = Files.readAllLines(results);
    return lines.subList(ResultsFile.HEADING, lines.size());
  }

  private String shapes() throws IOException {
    Path shapes = folder.resolve("shapes.csv");
    return Files.writeString(shapes, "# comment\nLSTM,3,2,4, 5,1\n").toString();
  }
}
