package dev.elman.cells;

/**
 * Where a token's numbers stand: arrays of the fused sequence kernel, and the offset in each; with
 * several rows, the tokens of as many sequences at one step, whose numbers stand one below the
 * other in each array.
 *
 * <p>Fields are public and plain, because a cell reads them for every token.
 */
public final class Token {
  /** H. */
  public final int hidden;

  /** How many tokens. */
  public int rows = 1;

  /** {@code [G·H]}: products (summed, or the input's), then activations, then blame on them. */
  public float[] gates;

  public int gatesAt;

  /** {@code [G·H]}: the recurrent product and the blame on it, where the cell wants it apart. */
  public float[] recurrent;

  public int recurrentAt;

  /** {@code [memory·H]}. */
  public float[] memory;

  public int memoryAt;

  /** For each state tensor {@code [H]}: before the step. */
  public final float[][] previous;

  public final int[] previousAt;

  /** For each state tensor {@code [H]}: after the step. */
  public final float[][] next;

  public final int[] nextAt;

  /** For each state tensor {@code [H]}: blame on it; after the step, then before it. */
  public final float[][] blame;

  public final int[] blameAt;

  /** Room for a cell of H units and that many state tensors. */
  public Token(int hidden, int states) {
    this.hidden = hidden;
    previous = new float[states][];
    previousAt = new int[states];
    next = new float[states][];
    nextAt = new int[states];
    blame = new float[states][];
    blameAt = new int[states];
  }
}
