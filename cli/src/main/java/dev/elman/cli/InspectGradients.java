package dev.elman.cli;

import dev.elman.checkpoints.SavedModel;
import dev.elman.inspection.Example;
import dev.elman.inspection.FreshModel;
import dev.elman.inspection.GradientFlow;
import dev.elman.inspection.Stability;
import dev.elman.models.Model;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * {@code elman inspect --gradients}: how far back models learn, side by side.
 *
 * @param data what they are looked at with
 * @param steps of each piece of a text
 * @param out for the tables
 */
record InspectGradients(InspectedData data, int steps, PrintWriter out) {
  private static final int SEQUENCES = 16;
  private static final double NOTHING = 1e-30; // floats end soon after
  private static final int[] LAGS = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500};

  /**
   * Which models are looked at.
   *
   * @param weights new ones
   * @param cells of fresh models; none for the model's own
   * @param seed of new weights
   */
  record Fresh(boolean weights, List<String> cells, long seed) {}

  /** A model and what was seen. */
  private record Seen(String name, GradientFlow flow, List<Stability> stability) {}

  void run(List<Path> folders, Fresh fresh, Path file) {
    List<Seen> all = new ArrayList<>();
    for (Path folder : folders) {
      SavedModel saved = SavedModel.read(folder);
      String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      List<Example> examples = data.several(folder, saved, steps, SEQUENCES);
      String before = folders.size() == 1 ? "" : name + " ";
      for (String cell : fresh.cells()) {
        Model model = FreshModel.of(saved.trained(), cell, fresh.seed());
        all.add(look(before + "fresh " + cell, model, examples));
      }
      if (fresh.cells().isEmpty()) {
        Model model =
            fresh.weights()
                ? FreshModel.of(saved.trained(), fresh.seed())
                : saved.trained().model();
        all.add(look(fresh.weights() ? name + " fresh" : name, model, examples));
      }
    }
    gradients(all);
    stability(all);
    draw(all, file);
    out.println("Picture: " + file);
  }

  private static Seen look(String name, Model model, List<Example> examples) {
    GradientFlow flow = GradientFlow.of(model, examples);
    return new Seen(name, flow, Stability.of(model, examples.get(examples.size() - 1)));
  }

  private void gradients(List<Seen> all) {
    int longest = longest(all);
    int[] lags = IntStream.of(LAGS).filter(lag -> lag < longest).toArray();
    List<String> header = new ArrayList<>(List.of("model", "layer", ""));
    IntStream.of(lags).forEach(lag -> header.add("lag " + lag));
    header.addAll(List.of("a step", "1 % left at"));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Seen seen : all) {
      for (GradientFlow.Curve curve : seen.flow.curves()) {
        List<Object> row = new ArrayList<>(List.of(seen.name, curve.layer(), curve.symbol()));
        for (int lag : lags) {
          row.add(lag < curve.norms().length ? small(curve.norms()[lag]) : "");
        }
        int last = last(curve);
        row.add(last == 0 ? "-" : String.format(Locale.ROOT, "x %.3f", curve.factor(0, last)));
        row.add(hundredth(curve));
        table.row(0, row.toArray());
      }
    }
    out.println("Norm of the gradient of the last step's loss for each state, by steps back:");
    out.println(table);
  }

  private static int longest(List<Seen> all) {
    return all.stream()
        .flatMap(seen -> seen.flow.curves().stream())
        .mapToInt(curve -> curve.norms().length)
        .max()
        .orElse(0);
  }

  private static String small(double norm) {
    return norm == 0 ? "0" : String.format(Locale.ROOT, "%.1e", norm);
  }

  /** The last lag at which anything is left. */
  private static int last(GradientFlow.Curve curve) {
    int last = curve.norms().length - 1;
    while (last > 0 && !(curve.norms()[last] > NOTHING)) {
      last--;
    }
    return last;
  }

  private static String hundredth(GradientFlow.Curve curve) {
    return IntStream.range(0, curve.norms().length)
        .filter(lag -> curve.norms()[lag] < curve.norms()[0] / 100)
        .mapToObj(lag -> "lag " + lag)
        .findFirst()
        .orElse("-");
  }

  private void stability(List<Seen> all) {
    TextTable table =
        new TextTable("model", "layer", "growth a step", "radius, mean", "largest", "of W_hh");
    for (Seen seen : all) {
      for (Stability layer : seen.stability) {
        table.row(
            3,
            seen.name,
            layer.layer(),
            layer.growth(),
            layer.meanRadius(),
            layer.largestRadius(),
            layer.recurrentRadius());
      }
    }
    out.println("State map of each layer: growth of a random direction, and spectral radius:");
    out.println(table);
  }

  private static void draw(List<Seen> all, Path file) {
    Panel panel =
        new Panel(
            "How far back the loss of the last step is felt",
            "lag: steps back from the loss",
            "norm of dL/dh");
    double[] range =
        all.stream()
            .flatMap(seen -> seen.flow.curves().stream())
            .flatMapToDouble(curve -> DoubleStream.of(curve.norms()))
            .filter(norm -> norm > NOTHING)
            .sorted()
            .toArray();
    if (range.length > 0) {
      panel.logarithmic(range[0], range[range.length - 1]);
    }
    for (int m = 0; m < all.size(); m++) {
      List<GradientFlow.Curve> curves =
          all.get(m).flow.curves().stream().filter(curve -> curve.state() == 0).toList();
      for (int l = 0; l < curves.size(); l++) {
        int count = last(curves.get(l)) + 1;
        double[] lags = IntStream.range(0, count).asDoubleStream().toArray();
        double[] norms = DoubleStream.of(curves.get(l).norms()).limit(count).toArray();
        for (int i = 0; i < count; i++) {
          norms[i] = Math.max(norms[i], NOTHING);
        }
        String name = all.get(m).name + (curves.size() == 1 ? "" : " " + curves.get(l).layer());
        panel.curve(name, lags, norms, all.size() == 1 ? l : m, all.size() == 1 ? 0 : l);
      }
    }
    PictureFile picture = new PictureFile(file);
    picture.add(panel, 640);
    picture.write();
  }
}
