package dev.elman.cli;

import dev.elman.baselines.MostFrequentClass;
import dev.elman.kernels.Threads;
import dev.elman.metrics.Confusion;
import dev.elman.tasks.ClassifyTask;
import dev.elman.tasks.Labelled;
import dev.elman.tasks.TrainedClassifier;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Results of a classifier on test sequences, beside two floors.
 *
 * @param noun what the sequences are called
 * @param names of the classes
 * @param model what the model says
 * @param floors empty without sequences for them to learn from
 */
record ClassResults(String noun, List<String> names, Confusion model, Optional<Floors> floors) {
  /**
   * What needs no network.
   *
   * @param mostFrequent accuracy of always the most frequent class of the training
   * @param better the better floor in general
   * @param says what it says
   */
  record Floors(double mostFrequent, ClassFloor better, Confusion says) {}

  /**
   * Measures a model.
   *
   * @param training what the floors learn from; empty to leave them out
   */
  static ClassResults of(
      TrainedClassifier trained, Optional<Labelled> training, Labelled test, Threads threads) {
    int classes = trained.labels().size();
    int[] truth = trained.labels().encode(test.source(), test.labels());
    float[][] logits = ClassifyTask.predict(trained, test.sequences(), threads);
    int[] said = Arrays.stream(logits).mapToInt(ClassResults::largest).toArray();
    return new ClassResults(
        test.sequences().noun(),
        trained.labels().names(),
        confusion(classes, truth, said),
        training.map(
            known -> {
              int[] labels = trained.labels().encode(known.source(), known.labels());
              ClassFloor floor = ClassFloor.of(trained, known, test.sequences());
              return new Floors(
                  MostFrequentClass.of(labels, classes).accuracy(truth),
                  floor,
                  confusion(classes, truth, floor.said()));
            }));
  }

  private static Confusion confusion(int classes, int[] truth, int[] said) {
    Confusion confusion = new Confusion(classes);
    for (int i = 0; i < truth.length; i++) {
      confusion.add(truth[i], said[i]);
    }
    return confusion;
  }

  static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  void print(PrintWriter out) {
    out.printf(Locale.ROOT, "%nTest %s: %,d%n", noun, model.total());
    TextTable table = new TextTable("", "accuracy %", "macro F1 %");
    table.row(1, "model", 100 * model.accuracy(), 100 * model.macroF1());
    floors.ifPresent(
        f -> {
          table.row(1, "most frequent class", 100 * f.mostFrequent(), Double.NaN);
          double macroF1 = 100 * f.says().macroF1();
          table.row(1, f.better().name(), 100 * f.says().accuracy(), macroF1);
        });
    out.print(table);
    floors.ifPresent(
        f ->
            out.println(
                verdict(model.accuracy(), Math.max(f.mostFrequent(), f.says().accuracy()))));
    printClasses(out);
    printConfusion(out);
  }

  static String verdict(double model, double floor) {
    if (model > floor) {
      return "The model beats both floors.";
    }
    return "The model does NOT beat the better floor: "
        + (model == floor
            ? "they are equally good, and the floor needs no network."
            : "more data, or another network, is needed.");
  }

  private void printClasses(PrintWriter out) {
    List<String> header = new ArrayList<>(List.of("class", noun, "accuracy %"));
    floors.ifPresent(f -> header.add(f.better().word() + " %"));
    header.addAll(List.of("precision %", "F1 %"));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (int c = 0; c < names.size(); c++) {
      Confusion.ClassScore score = model.of(c);
      List<Object> row = new ArrayList<>();
      row.addAll(List.of(names.get(c), score.support(), 100 * score.recall()));
      if (floors.isPresent()) {
        row.add(100 * floors.get().says().of(c).recall());
      }
      row.addAll(List.of(100 * score.precision(), 100 * score.f1()));
      table.row(1, row.toArray());
    }
    out.println();
    out.print(table);
  }

  private void printConfusion(PrintWriter out) {
    String[] header = new String[names.size() + 1];
    header[0] = "true \\ said";
    for (int c = 0; c < names.size(); c++) {
      header[c + 1] = names.get(c).substring(0, Math.min(5, names.get(c).length()));
    }
    TextTable table = new TextTable(header);
    for (int c = 0; c < names.size(); c++) {
      Object[] row = new Object[names.size() + 1];
      row[0] = names.get(c);
      for (int d = 0; d < names.size(); d++) {
        int count = model.counts()[c][d];
        row[d + 1] = count == 0 ? "." : Integer.toString(count);
      }
      table.row(0, row);
    }
    out.println();
    out.print(table);
  }

  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put(noun, model.total());
    report.put("accuracy", model.accuracy());
    report.put("macro_f1", model.macroF1());
    floors.ifPresent(
        f -> {
          report.put("most_frequent_class_accuracy", f.mostFrequent());
          report.put(f.better().key() + "_accuracy", f.says().accuracy());
        });
    Map<String, Object> classes = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      classes.put(names.get(c), model.of(c).recall());
    }
    report.put("accuracy_by_class", classes);
    report.put("confusion", model.counts());
    return report;
  }
}
