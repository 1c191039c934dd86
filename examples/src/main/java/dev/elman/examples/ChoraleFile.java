package dev.elman.examples;

import dev.elman.batches.Values;
import dev.elman.data.DataException;
import dev.elman.data.InputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Music as keys of a piano that sound at each step, {@code [T, 88]} of 0 and 1, in three parts.
 *
 * @param train pieces to learn from
 * @param valid pieces to choose settings and weights by
 * @param test pieces to measure with
 */
record ChoraleFile(List<Values> train, List<Values> valid, List<Values> test) {
  /** Keys of a piano. */
  static final int KEYS = 88;

  /** The MIDI number of the lowest, A0. */
  private static final int LOWEST = 21;

  private static final String[] NAMES = {
    "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"
  };

  /**
   * Reads a JSON object with the lists {@code train}, {@code valid} and {@code test}: of pieces,
   * which are lists of steps, which are lists of MIDI numbers.
   *
   * @throws DataException when it is something else
   */
  static ChoraleFile read(Path file) {
    Map<String, List<List<List<Integer>>>> parts;
    try {
      parts = new JsonMapper().readValue(InputFile.bytes(file), new TypeReference<>() {});
    } catch (JacksonException e) {
      throw wrong(file, e.getOriginalMessage(), e);
    }
    return new ChoraleFile(
        part(file, parts, "train"), part(file, parts, "valid"), part(file, parts, "test"));
  }

  private static List<Values> part(
      Path file, Map<String, List<List<List<Integer>>>> parts, String name) {
    if (parts.getOrDefault(name, List.of()).isEmpty()) {
      throw wrong(file, "no pieces in \"" + name + "\"", null);
    }
    List<Values> pieces = new ArrayList<>();
    for (List<List<Integer>> steps : parts.get(name)) {
      float[] keys = new float[steps.size() * KEYS];
      for (int t = 0; t < steps.size(); t++) {
        for (int pitch : steps.get(t)) {
          if (pitch < LOWEST || pitch >= LOWEST + KEYS) {
            throw wrong(file, "the pitch " + pitch + ", which no piano has", null);
          }
          keys[t * KEYS + pitch - LOWEST] = 1;
        }
      }
      pieces.add(Values.Numbers.of(KEYS, keys));
    }
    return pieces;
  }

  private static DataException wrong(Path file, String found, Exception revealedBy) {
    return new DataException(
        "lists of MIDI numbers for each step of pieces in \"train\", \"valid\" and \"test\" in "
            + file,
        found,
        "the file is another, or was cut short",
        "take jsb-chorales-quarter.json of github.com/czhuang/JSB-Chorales-dataset",
        revealedBy);
  }

  /** The names of the keys, from A0 to C8. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int pitch = LOWEST; pitch < LOWEST + KEYS; pitch++) {
      names.add(NAMES[pitch % 12] + (pitch / 12 - 1));
    }
    return names;
  }
}
