package dev.elman.examples;

import dev.elman.inspection.GraphPicture;
import dev.elman.layers.Attention;
import dev.elman.layers.Bridge;
import dev.elman.layers.Initialisation;
import dev.elman.layers.Merge;
import dev.elman.layers.Pooling;
import dev.elman.layers.RecurrentStack;
import dev.elman.layers.Wiring;
import dev.elman.losses.Categorical;
import dev.elman.losses.GaussianMixture;
import dev.elman.models.Classifier;
import dev.elman.models.Decoder;
import dev.elman.models.EncoderDecoder;
import dev.elman.models.Ending;
import dev.elman.models.Forecaster;
import dev.elman.models.LanguageModel;
import dev.elman.models.Model;
import dev.elman.models.SequenceModel;
import dev.elman.models.VectorToSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Draws the pictures of {@code docs/architectures} from models, so that anyone can do it again. */
public final class DrawArchitectures {
  private static final RecurrentStack LSTM = RecurrentStack.DEFAULTS.withHidden(32);

  private DrawArchitectures() {}

  /** Argument: the folder to write to. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("Usage: DrawArchitectures docs/architectures");
      return;
    }
    for (Map.Entry<String, String> picture : pictures().entrySet()) {
      Files.writeString(Path.of(arguments[0], picture.getKey() + ".svg"), picture.getValue());
    }
  }

  /** All pictures, as SVG, by their names. */
  public static Map<String, String> pictures() {
    Map<String, String> pictures = new TreeMap<>();
    models().forEach((name, model) -> pictures.put(name, GraphPicture.of(model)));
    return pictures;
  }

  private static Map<String, Model> models() {
    Map<String, Model> models = new TreeMap<>();
    Map.of(
            "elman-rnn", "rnn",
            "gru", "gru",
            "lstm", "lstm",
            "leaky-units", "rnn+leaky=learned",
            "zoneout-and-dropout", "gru+zoneout=0.1",
            "backpropagation", "rnn",
            "clipping", "rnn",
            "curriculum", "gru",
            "looking-inside", "lstm",
            "sessions", "gru")
        .forEach((name, cell) -> models.put(name, text(LSTM.withCell(cell))));
    models.put("many-to-many", text(LSTM.withCell("gru")));
    models.put(
        "initialisation", text(LSTM.withCell("rnn").withInitialisation(Initialisation.ORTHOGONAL)));
    models.put("sliding-window", text(LSTM.withCell("window").withTau(3)));
    models.put("first-states", text(LSTM.withFirstState(RecurrentStack.FirstState.LEARNED)));
    models.put(
        "deep",
        text(
            LSTM.withLayers(3)
                .withWiring(Wiring.DEFAULTS.withConnections(Wiring.Connections.RESIDUAL))));
    models.put(
        "deep-inside",
        text(
            LSTM.withCell("rnn+deep=24")
                .withWiring(Wiring.DEFAULTS.withDenseIn(List.of(16)).withDenseOut(List.of(24)))));
    models.put("many-to-one", label(LSTM, Pooling.ATTENTION));
    models.put(
        "bidirectional",
        label(
            LSTM.withWiring(
                Wiring.DEFAULTS
                    .withDirections(RecurrentStack.Directions.BOTH)
                    .withMerge(Merge.SUM)),
            Pooling.MEAN));
    models.put(
        "dynamical-systems",
        new Forecaster(
            new Forecaster.Settings(3, List.of(0, 1), 1, List.of(), LSTM.withCell("gru+time=4")),
            1));
    models.put(
        "one-to-many",
        new VectorToSequence(
            new VectorToSequence.Settings(
                20,
                EncoderDecoder.Context.BOTH,
                new EncoderDecoder.Side(40, 16, LSTM),
                EncoderDecoder.Training.PLAIN),
            1));
    models.put(
        "probability",
        new SequenceModel(
            new SequenceModel.Settings(
                new GaussianMixture(2, 5), 0, new Ending.Given(), 10, 0, LSTM),
            1));
    models.put(
        "endings",
        new SequenceModel(
            new SequenceModel.Settings(new Categorical(40), 16, new Ending.Stop(), 0, 0, LSTM), 1));
    Optional<Attention.Score> none = Optional.empty();
    models.put("encoder-decoder", pair(LSTM, EncoderDecoder.Context.BOTH, none));
    models.put("beam-search", pair(LSTM, EncoderDecoder.Context.FIRST_STATE, none));
    models.put(
        "attention",
        pair(LSTM, EncoderDecoder.Context.FIRST_STATE, Optional.of(Attention.Score.ADDITIVE)));
    models.put("conditioned", pair(LSTM, EncoderDecoder.Context.ALIGNED, none));
    models.put(
        "output-recurrence",
        pair(LSTM.withCell("window").withTau(1), EncoderDecoder.Context.EACH_STEP, none));
    return models;
  }

  private static LanguageModel text(RecurrentStack recurrent) {
    return new LanguageModel(
        new LanguageModel.Settings(60, 32, LanguageModel.Output.OWN, 0, recurrent), 1);
  }

  private static Classifier label(RecurrentStack recurrent, Pooling pooling) {
    return new Classifier(new Classifier.Settings(60, 16, 9, pooling, 0, recurrent), 1);
  }

  private static EncoderDecoder pair(
      RecurrentStack writes, EncoderDecoder.Context context, Optional<Attention.Score> attention) {
    return new EncoderDecoder(
        new EncoderDecoder.Settings(
            new EncoderDecoder.Side(30, 16, LSTM.withCell("gru").withHidden(24)),
            new EncoderDecoder.Side(40, 16, writes),
            new EncoderDecoder.Link(context, Bridge.Form.DENSE, attention),
            Decoder.Feedback.PREVIOUS_SYMBOL,
            EncoderDecoder.Training.PLAIN),
        1);
  }
}
