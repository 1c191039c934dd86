package dev.elman.checkpoints;

import static dev.elman.checkpoints.ModelFolder.TRAINING;
import static dev.elman.checkpoints.ModelFolder.WEIGHTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that saves without end is killed; the folder holds one save, whole. */
class KilledSaveTest {

  private static final int SIZE = 50_000;

  @TempDir Path temporary;

  /** Saves step after step into the folder named, going on from the model in it. */
  static final class EndlessSaves {
    private EndlessSaves() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      for (int step = ModelFolder.isModel(folder) ? step(folder) + 1 : 1; ; step++) {
        ModelFolder.write(
            folder,
            Map.of("step", step),
            Map.of(
                WEIGHTS, ModelFolderTest.filled(step, SIZE),
                TRAINING, ModelFolderTest.filled(step, SIZE + 1)));
        System.out.println(step);
      }
    }
  }

  private static int step(Path folder) {
    ModelFolder.Content content = ModelFolder.read(folder, WEIGHTS, TRAINING);
    int step = (Integer) content.description().get("step");
    for (Safetensors.Content file : content.files().values()) {
      assertThat(file.metadata()).isEqualTo(Map.of("step", "" + step));
      for (float value : file.tensors().get(0).values()) {
        if (value != step) {
          throw new AssertionError("step " + step + " holds the value " + value);
        }
      }
    }
    return step;
  }

  @Test
  @Timeout(120)
  void theFolderHoldsOneSaveWhole() throws IOException, InterruptedException {
    Path folder = temporary.resolve("model");
    Random random = new Random(3);
    int last = 0;
    for (int round = 0; round < 4; round++) {
      Process process =
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/java",
                  "-cp",
                  System.getProperty("java.class.path"),
                  EndlessSaves.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      String first = process.inputReader().readLine();
      assertThat(first).isEqualTo("" + (last + 1));
      for (int reads = random.nextInt(12); reads > 0; reads--) {
        assertThat(step(folder)).isGreaterThan(last);
      }
      Thread.sleep(random.nextInt(60));
      process.destroyForcibly().waitFor();
      last = step(folder);
    }
    assertThat(last).isGreaterThanOrEqualTo(4); // a save in each round at least
  }
}
