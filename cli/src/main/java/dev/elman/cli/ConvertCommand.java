package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.checkpoints.ModelFolder;
import dev.elman.checkpoints.SavedModel;
import dev.elman.data.DataException;
import dev.elman.models.Model;
import dev.elman.models.Quantization;
import dev.elman.tensor.Int8Rows;
import dev.elman.tensor.Shape;
import dev.elman.tensor.Weight;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code elman convert}. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = {
      "Make a smaller model of one that was trained, faster at reading one stream step by step.",
      "Its matrices become int8 with a scale for each row, all but embeddings; it can be used as "
          + "before, but not trained further."
    },
    footer = {
      "",
      "Examples:",
      "  elman convert models/language-model-book --quantize int8",
      "  elman evaluate models/language-model-book-int8 --data other-book.txt"
    })
final class ConvertCommand implements Callable<Integer> {
  static final List<String> PRECISIONS = List.of("int8");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder of the model.")
  private Path folder;

  @Option(
      names = "--quantize",
      required = true,
      paramLabel = "KIND",
      description = "What to round the weights to: int8.")
  private String quantize;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the smaller model (default: DIR-int8).")
  private Path out;

  @Override
  public Integer call() {
    Choice.of("--quantize", quantize, PRECISIONS);
    SavedModel saved = SavedModel.read(folder);
    if (SavedModel.isQuantized(folder)) {
      throw new DataException(
          "a model of 32-bit floats in " + folder,
          "one that was rounded to int8",
          "it was converted before",
          "use it as it is, or name the model that it was converted from");
    }
    Path to = out == null ? Path.of(folder.normalize() + "-" + quantize) : out;
    requireFree(to);
    AtomicFile.makeFolder(to);
    AtomicFile.requireWritable(to.resolve("model.json"));
    TextTable table = rounded(saved.trained().model());
    saved.write(to);
    print(table, to);
    return 0;
  }

  /** Nothing is replaced but what this command wrote before. */
  private static void requireFree(Path to) {
    String[] there = to.toFile().list();
    if (there == null || there.length == 0) {
      return; // what is a file is refused when the folder is made
    }
    boolean model = ModelFolder.isModel(to);
    if (!model || !SavedModel.isQuantized(to)) {
      throw new DataException(
          "a new or empty folder, or a quantized model to replace, as " + to,
          model ? "a model that is not quantized" : "a folder of other files",
          "the name of the model itself, or of something else, was given",
          "name another folder with --out");
    }
  }

  /** Rounds the model, and tells of each matrix what became of it. */
  private static TextTable rounded(Model model) {
    List<float[]> exact = model.weights().copy();
    Quantization.int8(model);
    TextTable table = new TextTable("weight", "shape", "bytes before", "after", "error %");
    int i = 0;
    long before = 0;
    long after = 0;
    double largest = 0;
    for (Weight weight : model.weights()) {
      Int8Rows rows = weight.int8();
      double error = rows == null ? Double.NaN : 100 * rows.error(exact.get(i));
      long floats = 4L * weight.size();
      long bytes = rows == null ? floats : weight.size() + 4L * rows.rows();
      table.row(2, weight.name(), Shape.text(weight.shape()), count(floats), count(bytes), error);
      before += floats;
      after += bytes;
      largest = rows == null ? largest : Math.max(largest, error);
      i++;
    }
    return table.row(2, "all", "", count(before), count(after), largest);
  }

  private void print(TextTable table, Path to) {
    PrintWriter print = spec.commandLine().getOut();
    print.println("Error: of the row that suffered most, |rounded - exact| / |exact|.");
    print.print(table);
    long before = folder.resolve(ModelFolder.WEIGHTS).toFile().length();
    long after = to.resolve(ModelFolder.WEIGHTS).toFile().length();
    print.printf(
        Locale.ROOT,
        "%s: %,d bytes before, %,d after (%.0f %%)%n",
        ModelFolder.WEIGHTS,
        before,
        after,
        100.0 * after / before);
    print.printf("%nModel: %s%nNext: elman evaluate %s --data FILE%n", to, to);
    print.flush();
  }

  private static String count(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }
}
