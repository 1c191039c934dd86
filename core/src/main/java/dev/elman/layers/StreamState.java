package dev.elman.layers;

import dev.elman.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of one stream: each layer that has a memory asks for its tensors, in the order of
 * {@link Layer#states}, and changes them in place with every step.
 */
public final class StreamState {
  private final List<float[]> tensors = new ArrayList<>();

  /** An array {@code [width]} of zeros, for the one who asks to keep and to change. */
  public float[] tensor(int width) {
    float[] tensor = new float[Shape.positive("width of a state", width)];
    tensors.add(tensor);
    return tensor;
  }

  /** The arrays themselves, in the order in which they were asked for. */
  public List<float[]> tensors() {
    return List.copyOf(tensors);
  }
}
