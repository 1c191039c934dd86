package dev.elman.cli;

import dev.elman.examples.Stage;
import dev.elman.inspection.Example;
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
import java.util.stream.Stream;

/** A look at how far back models learn, side by side: tables and a picture. */
final class GradientLook implements Stage.Gradients {
  private static final double NOTHING = 1e-30; // floats end soon after
  private static final double DRAWN = 1e-12; // of the norm at lag 0; what is below says no more
  private static final int[] LAGS = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500};

  private final Path file;
  private final PrintWriter out;
  private final List<Seen> all = new ArrayList<>();

  /** A look whose picture goes to a file. */
  GradientLook(Path file, PrintWriter out) {
    this.file = file;
    this.out = out;
  }

  /** A model and what was seen. */
  private record Seen(String name, GradientFlow flow, List<Stability> stability) {}

  @Override
  public void at(String name, Model model, List<Example> examples) {
    GradientFlow flow = GradientFlow.of(model, examples);
    all.add(new Seen(name, flow, Stability.of(model, examples.get(examples.size() - 1))));
  }

  @Override
  public void show() {
    if (all.isEmpty()) {
      return; // nothing that could be drawn
    }
    gradients();
    stability();
    draw();
    out.println("Picture: " + file);
  }

  private void gradients() {
    int longest = longest();
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
        int last = last(curve, NOTHING);
        row.add(last == 0 ? "-" : String.format(Locale.ROOT, "x %.3f", curve.factor(0, last)));
        row.add(hundredth(curve));
        table.row(0, row.toArray());
      }
    }
    out.println("Norm of the gradient of the last step's loss for each state, by steps back:");
    out.println(table);
  }

  private Stream<GradientFlow.Curve> curves() {
    return all.stream().flatMap(seen -> seen.flow.curves().stream());
  }

  private int longest() {
    return curves().mapToInt(curve -> curve.norms().length).max().orElse(0);
  }

  private static String small(double norm) {
    return norm == 0 ? "0" : String.format(Locale.ROOT, "%.1e", norm);
  }

  /** The last lag at which more than that is left. */
  private static int last(GradientFlow.Curve curve, double floor) {
    int last = curve.norms().length - 1;
    while (last > 0 && !(curve.norms()[last] > floor)) {
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

  private void stability() {
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

  private void draw() {
    Panel panel =
        new Panel(
            "How far back the loss of the last step is felt",
            "lag: steps back from the loss",
            "norm of dL/dh");
    panel.counted(longest() - 1);
    double floor = Math.max(NOTHING, DRAWN * nearest());
    double[] range =
        curves()
            .flatMapToDouble(curve -> DoubleStream.of(curve.norms()))
            .filter(norm -> norm > floor)
            .sorted()
            .toArray();
    if (range.length > 0) {
      panel.logarithmic(range[0], range[range.length - 1]);
    }
    for (int m = 0; m < all.size(); m++) {
      List<GradientFlow.Curve> curves =
          all.get(m).flow.curves().stream().filter(curve -> curve.state() == 0).toList();
      for (int l = 0; l < curves.size(); l++) {
        double[] norms = curves.get(l).norms();
        int count = last(curves.get(l), floor) + 1;
        double[] lags = IntStream.range(0, count).asDoubleStream().toArray();
        double[] ys = DoubleStream.of(norms).limit(count).map(y -> Math.max(y, floor)).toArray();
        String name = all.get(m).name + (curves.size() == 1 ? "" : " " + curves.get(l).layer());
        panel.curve(name, lags, ys, all.size() == 1 ? l : m, all.size() == 1 ? 0 : l);
      }
    }
    PictureFile picture = new PictureFile(file);
    picture.add(panel, 640);
    picture.write();
  }

  /** The largest norm at lag 0. */
  private double nearest() {
    return curves().mapToDouble(curve -> curve.norms()[0]).max().orElse(0);
  }
}
