package dev.elman.bench;

import java.io.IOException;

/** An engine ended before it was told to. */
final class EngineException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean outOfMemory;

  EngineException(String message, boolean outOfMemory, IOException cause) {
    super(message, cause);
    this.outOfMemory = outOfMemory;
  }

  /** Whether it complained that its heap was too small. */
  boolean outOfMemory() {
    return outOfMemory;
  }
}
