package dev.elman.cli;

import dev.elman.baselines.CharacterNgramClassifier;
import dev.elman.baselines.MostFrequentClass;
import dev.elman.metrics.Confusion;
import dev.elman.tasks.ClassifyTask;
import dev.elman.tasks.LabelledTexts;
import dev.elman.tasks.TrainedClassifier;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results of a classifier on test texts, beside two floors.
 *
 * @param names of the classes
 * @param model what the model says
 * @param mostFrequent accuracy of always the most frequent class of the training; NaN without it
 * @param ngrams what naive Bayes over character n-grams says; empty without training texts
 */
record ClassResults(List<String> names, Confusion model, double mostFrequent, Confusion ngrams) {

  /**
   * Measures a model.
   *
   * @param training what the floors learn from; without texts they are left out
   */
  static ClassResults of(TrainedClassifier trained, LabelledTexts training, LabelledTexts test) {
    int classes = trained.labels().size();
    int[] truth = trained.labels().encode(test.source(), test.labels());
    float[][] logits = ClassifyTask.predict(trained, test);
    Confusion model = new Confusion(classes);
    for (int i = 0; i < truth.length; i++) {
      model.add(truth[i], largest(logits[i]));
    }
    Confusion ngrams = new Confusion(classes);
    double mostFrequent = Double.NaN;
    if (!training.texts().isEmpty()) {
      int[] labels = trained.labels().encode(training.source(), training.labels());
      mostFrequent = MostFrequentClass.of(labels, classes).accuracy(truth);
      CharacterNgramClassifier floor =
          CharacterNgramClassifier.trainText(
              training.texts(), labels, CharacterNgramClassifier.DEFAULT_ORDER);
      for (int i = 0; i < truth.length; i++) {
        ngrams.add(truth[i], floor.classify(test.texts().get(i)));
      }
    }
    return new ClassResults(trained.labels().names(), model, mostFrequent, ngrams);
  }

  static int largest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  void print(PrintWriter out) {
    boolean floors = ngrams.total() > 0;
    out.printf(Locale.ROOT, "%nTest texts: %,d%n", model.total());
    TextTable table = new TextTable("", "accuracy %", "macro F1 %");
    table.row(1, "model", 100 * model.accuracy(), 100 * model.macroF1());
    if (floors) {
      table.row(1, "most frequent class", 100 * mostFrequent, Double.NaN);
      table.row(1, "character n-grams", 100 * ngrams.accuracy(), 100 * ngrams.macroF1());
    }
    out.print(table);
    if (floors) {
      double best = Math.max(mostFrequent, ngrams.accuracy());
      out.println(
          model.accuracy() > best
              ? "The model beats both floors."
              : "The model does NOT beat the better floor: more data, or another network, is"
                  + " needed.");
    }
    printClasses(out, floors);
    printConfusion(out);
  }

  private void printClasses(PrintWriter out, boolean floors) {
    TextTable table =
        floors
            ? new TextTable("class", "texts", "accuracy %", "n-grams %", "precision %", "F1 %")
            : new TextTable("class", "texts", "accuracy %", "precision %", "F1 %");
    for (int c = 0; c < names.size(); c++) {
      Confusion.ClassScore score = model.of(c);
      double recall = 100 * score.recall();
      double precision = 100 * score.precision();
      double f1 = 100 * score.f1();
      if (floors) {
        double floor = 100 * ngrams.of(c).recall();
        table.row(1, names.get(c), score.support(), recall, floor, precision, f1);
      } else {
        table.row(1, names.get(c), score.support(), recall, precision, f1);
      }
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
    report.put("texts", model.total());
    report.put("accuracy", model.accuracy());
    report.put("macro_f1", model.macroF1());
    if (ngrams.total() > 0) {
      report.put("most_frequent_class_accuracy", mostFrequent);
      report.put("character_ngrams_accuracy", ngrams.accuracy());
    }
    Map<String, Object> classes = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      classes.put(names.get(c), model.of(c).recall());
    }
    report.put("accuracy_by_class", classes);
    report.put("confusion", model.counts());
    return report;
  }
}
