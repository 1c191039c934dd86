package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training that is killed at random moments, and resumed each time, ends with the same bytes as
 * one that is not. Ten kills each: {@code -Delman.kills=10}.
 */
class KilledTrainingTest {

  private static final int KILLS = Integer.getInteger("elman.kills", 3);
  private static final int EPOCHS = Integer.getInteger("elman.epochs", 30 * KILLS);

  @TempDir Path temporary;

  @BeforeEach
  void data() throws IOException {
    TinyData.write(temporary);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "language-model DIR/text.txt --layers 2 --hidden 24 --dropout 0.3 --batch 3 --bptt 7",
        "classifier DIR/names.csv --layers 2 --hidden 20 --dropout 0.3 --batch 3 --patience 0"
      })
  @Timeout(300)
  void endsWithTheSameBytes(String training) throws Exception {
    Path whole = temporary.resolve("whole");
    Path killed = temporary.resolve("killed");
    assertThat(CommandRun.of(arguments(training, whole).toArray(new String[0])).code()).isZero();
    List<String> resumed = arguments(training, killed);
    resumed.addAll(List.of("--resume", "--checkpoint-every", "0.02"));
    Path log = temporary.resolve("log");
    Random random = new Random(11);
    int kills = 0;
    for (int round = 0; round < KILLS; round++) {
      Process process = CommandRun.start(log, resumed);
      // the first is killed at any moment, also before its first checkpoint
      for (int saves = round == 0 ? 0 : 1 + random.nextInt(20); saves > 0; saves--) {
        awaitCheckpoint(process, killed.resolve("model.json"));
      }
      boolean ended = process.waitFor(random.nextInt(round > 0 ? 40 : 900), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      kills += ended ? 0 : 1;
    }
    assertThat(CommandRun.start(log, resumed).waitFor()).isZero();
    String said = Files.readString(log);
    System.out.println(kills + " kills: " + resumes(said));
    assertThat(kills).isPositive();
    assertThat(said).containsPattern("Resumed after epoch \\d+, batch");
    assertThat(Files.mismatch(weights(whole), weights(killed))).as(said).isEqualTo(-1);
  }

  @Test
  @Timeout(120)
  void askedToEndItSaysHowToGoOn() throws Exception {
    List<String> training = arguments("language-model DIR/text.txt --batch 3", Path.of("unused"));
    training.set(training.size() - 1, temporary.resolve("ended").toString());
    training.addAll(List.of("--checkpoint-every", "0"));
    Path log = temporary.resolve("log");
    Process process = CommandRun.start(log, training);
    awaitCheckpoint(process, temporary.resolve("ended/model.json"));
    process.destroy(); // SIGTERM, as Ctrl-C is SIGINT: hooks run
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(CommandRun.content(temporary.resolve("ended")))
        .hasSize(3)
        .noneMatch(file -> file.contains(".part") || file.contains(".lock"));
    assertThat(log).content().contains("To go on from the last checkpoint, add --resume");
  }

  @Test
  @Timeout(120)
  void askedToEndDuringASaveItEndsAfterIt() throws Exception {
    Path log = temporary.resolve("log");
    Process process = CommandRun.start(log, SlowSave.class, List.of(temporary + "/slow"));
    while (process.isAlive() && !Files.exists(temporary.resolve("slow/model.json.part"))) {
      Thread.sleep(2);
    }
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(temporary.resolve("slow")).isDirectoryContaining("glob:**/model.json");
    assertThat(CommandRun.content(temporary.resolve("slow"))).as(Files.readString(log)).hasSize(1);
  }

  /** A training that does nothing but save, for half a second. */
  static final class SlowSave {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      TrainingFolder.open(folder, new PrintWriter(System.out, true))
          .save(
              () -> {
                try {
                  Path part = Files.createFile(folder.resolve("model.json.part"));
                  Thread.sleep(500);
                  Files.move(part, folder.resolve("model.json"));
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
    }
  }

  private static void awaitCheckpoint(Process process, Path json) throws Exception {
    long before = json.toFile().lastModified();
    while (process.isAlive() && json.toFile().lastModified() == before) {
      Thread.sleep(2);
    }
  }

  private static List<String> resumes(String said) {
    return said.lines()
        .filter(l -> l.matches("Resumed.*|There is no.*|.*complete; only.*"))
        .toList();
  }

  private List<String> arguments(String training, Path out) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(Arrays.asList(training.replace("DIR", temporary.toString()).split(" ")));
    arguments.addAll(List.of("--threads", "2", "--epochs", "" + EPOCHS, "--out", out.toString()));
    return arguments;
  }

  private static Path weights(Path folder) {
    return folder.resolve("weights.safetensors");
  }
}
