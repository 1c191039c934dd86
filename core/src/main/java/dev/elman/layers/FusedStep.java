package dev.elman.layers;

import dev.elman.cells.FusedCell;
import dev.elman.cells.Token;
import dev.elman.kernels.Kernels;
import dev.elman.kernels.Part;

/**
 * A {@link FusedSequence} bound to one stream: what {@link FusedPass} does for a batch, for one row
 * at a time and forwards only, with the same bits, in arrays made once.
 */
final class FusedStep implements Layer.Stepper {
  private final FusedSequence layer;
  private final FusedCell cell;
  private final Kernels kernels = Kernels.get();
  private final Token token;
  private final float[] bias; // [G·H], the sum of both
  private final float[] output; // [H]

  FusedStep(FusedSequence layer, StreamState state) {
    this.layer = layer;
    this.cell = layer.cell;
    bias = new float[layer.width];
    token = new Token(layer.hidden, cell.states());
    token.gates = new float[layer.width];
    token.memory = new float[cell.memory() * layer.hidden];
    token.recurrent = new float[cell.splitsProducts() ? layer.width : 0];
    for (int s = 0; s < token.previous.length; s++) {
      token.previous[s] = state.tensor(layer.hidden);
      token.next[s] = new float[layer.hidden];
    }
    output = token.next[0];
  }

  @Override
  public float[] step(float[] row) {
    float[] h = token.previous[0];
    int hidden = layer.hidden;
    int width = layer.width;
    boolean splits = cell.splitsProducts();
    float[] added = splits ? layer.biasIh.values() : sumOfBiases();
    if (layer.joinsStep()) {
      layer.packedBoth.joinedProductPlusRow(
          kernels, Part.WHOLE, 1, row, 0, h, 0, added, token.gates, 0, width);
    } else {
      layer.packedIh.productPlusRow(
          kernels, Part.WHOLE, 1, row, 0, layer.inputs, added, token.gates, 0, width);
    }
    if (splits) {
      added = layer.biasHh.values();
      layer.packedHh.productPlusRow(
          kernels, Part.WHOLE, 1, h, 0, hidden, added, token.recurrent, 0, width);
    } else if (!layer.joinsStep()) {
      layer.packedHh.addProduct(kernels, Part.WHOLE, 1, h, 0, hidden, token.gates, 0, width);
    }
    cell.forward(kernels, token);
    for (int s = 0; s < token.next.length; s++) {
      System.arraycopy(token.next[s], 0, token.previous[s], 0, hidden);
    }
    return output;
  }

  private float[] sumOfBiases() {
    System.arraycopy(layer.biasIh.values(), 0, bias, 0, bias.length);
    kernels.axpy(1, layer.biasHh.values(), 0, bias, 0, bias.length);
    return bias;
  }
}
