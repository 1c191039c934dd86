package dev.elman.cli;

import dev.elman.checkpoints.SavedModel;
import dev.elman.inspection.Example;
import dev.elman.inspection.FreshModel;
import dev.elman.models.Model;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code elman inspect --gradients}: how far back models learn, side by side.
 *
 * @param data what they are looked at with
 * @param steps of each piece of a text
 * @param look which shows it
 */
record InspectGradients(InspectedData data, int steps, GradientLook look) {
  private static final int SEQUENCES = 16;

  /**
   * Which models are looked at.
   *
   * @param weights new ones
   * @param cells of fresh models; none for the model's own
   * @param seed of new weights
   */
  record Fresh(boolean weights, List<String> cells, long seed) {}

  void run(List<Path> folders, Fresh fresh) {
    for (Path folder : folders) {
      SavedModel saved = SavedModel.read(folder);
      String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      List<Example> examples = data.several(folder, saved, steps, SEQUENCES);
      String before = folders.size() == 1 ? "" : name + " ";
      for (String cell : fresh.cells()) {
        Model model = FreshModel.of(saved.trained(), cell, fresh.seed());
        look.at(before + "fresh " + cell, model, examples);
      }
      if (fresh.cells().isEmpty()) {
        Model model =
            fresh.weights()
                ? FreshModel.of(saved.trained(), fresh.seed())
                : saved.trained().model();
        look.at(fresh.weights() ? name + " fresh" : name, model, examples);
      }
    }
    look.show();
  }
}
