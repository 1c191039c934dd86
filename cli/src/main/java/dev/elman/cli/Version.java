package dev.elman.cli;

import dev.elman.kernels.Kernels;
import picocli.CommandLine.IVersionProvider;

/** Which Elman this is, and what it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "elman " + number(), "Java " + Runtime.version(), "kernels: " + Kernels.get().description()
    };
  }

  /** From the jar's manifest; {@code development} when run from classes. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
