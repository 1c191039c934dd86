package dev.elman.testkit;

import dev.elman.autodiff.Tape;
import dev.elman.batches.Packing;
import dev.elman.batches.Values;
import dev.elman.checkpoints.NamedTensor;
import dev.elman.checkpoints.Safetensors;
import dev.elman.checkpoints.SavedModel;
import dev.elman.encoding.Unit;
import dev.elman.encoding.Vocabulary;
import dev.elman.kernels.Kernels;
import dev.elman.layers.Layer;
import dev.elman.layers.RecurrentStack;
import dev.elman.models.LanguageModel;
import dev.elman.tasks.TrainedLanguageModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes a model of each cell that PyTorch has, its inputs and its outputs, for {@code
 * check_in_pytorch.py}: sequences of unequal lengths through an embedding, two recurrent layers and
 * a dense layer.
 */
public final class WriteForPytorch {
  private WriteForPytorch() {}

  /** Argument: a folder; each cell's model and data are written into it. */
  public static void main(String[] args) {
    for (String cell : List.of("lstm", "gru", "rnn", "rnn-relu", "lstm+projection=5")) {
      write(Path.of(args[0]), cell);
    }
  }

  private static void write(Path folder, String cell) {
    Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, "abcdefghijk");
    RecurrentStack recurrent = RecurrentStack.DEFAULTS.withCell(cell).withHidden(13).withLayers(2);
    LanguageModel model =
        new LanguageModel(
            new LanguageModel.Settings(
                vocabulary.size(), 9, LanguageModel.Output.OWN, 0, recurrent),
            1);
    new SavedModel(new TrainedLanguageModel(model, vocabulary), Map.of())
        .write(folder.resolve(cell));

    Packing packing = Packing.of(17, 12, 12, 5, 1);
    int[] codes = new int[packing.tokens()];
    Arrays.setAll(codes, i -> i * i % vocabulary.size());
    Tape tape = Tape.inference(Kernels.get());
    Layer.Output output =
        model.forward(tape, packing, Values.Codes.of(codes), model.firstState(tape, 5));
    float[] logits = Arrays.copyOf(output.rows().value(), output.rows().size());
    Safetensors.write(
        folder.resolve(cell + ".safetensors"),
        List.of(
            new NamedTensor("lengths", new int[] {5}, new float[] {17, 12, 12, 5, 1}),
            new NamedTensor("input", new int[] {codes.length}, floats(codes)),
            new NamedTensor("output", new int[] {codes.length, vocabulary.size()}, logits)),
        Map.of());
  }

  private static float[] floats(int[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers[i];
    }
    return floats;
  }
}
