package dev.elman.bench.deeplearning4j;

import dev.elman.bench.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Times a network of LSTM layers alone and prints what {@code elman bench} prints.
 *
 * <p>Inference of whole sequences is {@code output}, that of one step {@code rnnTimeStep}. Training
 * is forward, and backward from errors of 1 at every output, which are the gradient of their sum
 * (Deeplearning4j's "external errors"); there is no output layer and no optimizer. Unlike {@code
 * elman bench} it cannot leave out the gradient for the inputs. Arrays are in Fortran order, the
 * faster one.
 */
public final class LstmBench {
  private static final Timing TIMING = new Timing(0.5);

  private final int steps;
  private final int sequences;
  private final int inputs;
  private final int hidden;
  private final int layers;

  private LstmBench(String[] columns) {
    int[] n = Arrays.stream(columns).skip(1).mapToInt(Integer::parseInt).toArray();
    if (!columns[0].equals("LSTM") || n.length != 5) {
      throw new IllegalArgumentException(
          "Expected LSTM,T,B,D,H,layers, found " + String.join(",", columns));
    }
    steps = n[0];
    sequences = n[1];
    inputs = n[2];
    hidden = n[3];
    layers = n[4];
  }

  /**
   * Times the shapes of a file.
   *
   * @param args the file; the number of threads is read, as by Deeplearning4j, from OMP_NUM_THREADS
   */
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(System.getenv().getOrDefault("OMP_NUM_THREADS", "1"));
    Nd4j.getEnvironment().setMaxThreads(threads); // ND4J's own threads, beside those of OpenMP
    System.out.println("engine,mode,threads,cell,T,B,D,H,layers,microseconds,gflops_per_second");
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        new LstmBench(line.strip().split(",")).run(line.strip(), threads);
      }
    }
  }

  private void run(String line, int threads) {
    works()
        .forEach(
            (mode, work) -> {
              double seconds = TIMING.of(work);
              double operations = operations() * (mode.equals("train") ? 3 : 1);
              System.out.printf(
                  Locale.ROOT,
                  "deeplearning4j-1.0.0-M2.1,%s,%d,%s,%.2f,%.2f%n",
                  mode,
                  threads,
                  line,
                  seconds * 1e6,
                  operations / seconds * 1e-9);
            });
  }

  /** What is timed, by mode; one step is not trained. */
  private Map<String, Runnable> works() {
    MultiLayerNetwork network = network();
    INDArray x = Nd4j.randn('f', sequences, inputs, steps);
    Map<String, Runnable> works = new LinkedHashMap<>();
    if (steps == 1) {
      works.put("infer", () -> network.rnnTimeStep(x));
      return works;
    }
    INDArray errors = Nd4j.ones(sequences, hidden, steps).dup('f');
    works.put("infer", () -> network.output(x));
    works.put(
        "train",
        () -> {
          network.setInput(x);
          network.feedForward(true, false);
          network.backpropGradient(errors, null);
        });
    return works;
  }

  private MultiLayerNetwork network() {
    var list = new NeuralNetConfiguration.Builder().seed(1).updater(new NoOp()).list();
    for (int l = 0; l < layers; l++) {
      int width = l == 0 ? inputs : hidden;
      list.layer(new LSTM.Builder().nIn(width).nOut(hidden).activation(Activation.TANH).build());
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** Floating-point operations of one forward run, counted as by {@code elman bench}. */
  private double operations() {
    double widths = inputs + (layers - 1.0) * hidden + (double) layers * hidden;
    return 2.0 * 4 * hidden * widths * steps * sequences;
  }
}
