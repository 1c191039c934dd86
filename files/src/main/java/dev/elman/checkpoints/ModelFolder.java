package dev.elman.checkpoints;

import dev.elman.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model on disk: a folder of {@code model.json} and safetensors files, changed as one.
 *
 * <p>{@code model.json} says what the model is and names the size and SHA-256 of each file beside
 * it, so that the parts of two saves are never taken for one.
 */
public final class ModelFolder {

  /** The weights, which any program that knows safetensors can open. */
  public static final String WEIGHTS = "weights.safetensors";

  /** What resuming a training needs beside the weights. */
  public static final String TRAINING = "training.safetensors";

  /** The version of the format that is written; older ones can be read. */
  public static final int VERSION = 1;

  private ModelFolder() {}

  /*
   * How a save survives being killed at any moment. Say that save B follows save A:
   *
   *   1. weights.safetensors.<B>.part and the like are written and forced to the disk, <B> being
   *      the first 16 digits of the file's SHA-256. Readers still see A: model.json names <A>.
   *   2. model.json, which names <B>, is written aside, forced to the disk and renamed: from this
   *      one rename on, the folder is B. Readers find <B> in the parts.
   *   3. The parts are renamed to their plain names; files that only A had are removed.
   *
   * Killed in 1, A stands and the parts are litter, swept by a later save. Killed in 3, B stands,
   * partly under the names of parts, where readers look first; the next save ends step 3 before it
   * begins its own. A reader that meets a save in the middle of step 3 sees a file move away under
   * it or change its checksum; it then finds model.json changed too, or the file in its place, and
   * reads again.
   */

  /**
   * What a folder holds.
   *
   * @param description the tree in {@code model.json}: texts, numbers, truth values, lists, maps
   * @param files the safetensors files that were asked for, by name
   */
  public record Content(Map<String, Object> description, Map<String, Safetensors.Content> files) {

    /** The file of that name, which must have been asked for. */
    public Safetensors.Content file(String name) {
      Safetensors.Content file = files.get(name);
      if (file == null) {
        throw new IllegalArgumentException(
            "Expected one of the files " + files.keySet() + ", got " + name + ".");
      }
      return file;
    }
  }

  /**
   * Writes a model, making the folder if need be and replacing the model in it as a whole.
   *
   * <p>One process may write to a folder at a time; any number may read meanwhile. The disk holds
   * both models for a moment.
   *
   * @param description may not have the keys {@code format}, {@code version} and {@code files}
   * @param files such as {@link #WEIGHTS}; one left out is removed
   * @throws DataException if the folder holds something else, or a model of a newer format
   * @throws UncheckedIOException if it cannot be written; the model before is then still there
   */
  public static void write(
      Path folder, Map<String, ?> description, Map<String, Safetensors.Content> files) {
    Map<String, ModelFile> entries = new LinkedHashMap<>();
    new TreeMap<>(files).forEach((name, file) -> entries.put(name, ModelFile.of(name, file)));
    ModelIndex index = new ModelIndex(new LinkedHashMap<>(description), entries);
    AtomicFile.makeFolder(folder);
    Path json = folder.resolve(ModelIndex.NAME);
    Set<String> before = Set.of();
    if (Files.exists(json)) {
      ModelIndex old = ModelIndex.read(folder);
      finish(folder, old.files());
      before = old.files().keySet();
    }
    StaleParts.remove(folder);
    boolean partsWritten = false;
    try {
      for (ModelFile entry : entries.values()) {
        Safetensors.Content file = files.get(entry.name());
        AtomicFile.write(entry.part(folder), out -> Safetensors.write(out, file));
      }
      partsWritten = true;
    } finally {
      if (!partsWritten) {
        entries.values().forEach(entry -> entry.part(folder).toFile().delete());
      }
    }
    // The parts stay if this fails: it may have failed after the rename.
    AtomicFile.write(json, out -> out.write(index.json()));
    finish(folder, entries);
    for (String name : before) {
      if (!entries.containsKey(name)) {
        folder.resolve(name).toFile().delete();
      }
    }
  }

  /**
   * Reads a model.
   *
   * @param files the files to read, such as {@link #WEIGHTS}; none reads the description alone
   * @throws DataException if there is no model, if it is of a newer format, if a file is missing,
   *     cut short or of another save
   * @throws UncheckedIOException if reading fails
   */
  public static Content read(Path folder, String... files) {
    byte[] json = ModelIndex.bytes(folder);
    while (true) {
      try {
        return read(folder, ModelIndex.parse(json, folder), Arrays.asList(files));
      } catch (DataException | UncheckedIOException e) {
        byte[] now = ModelIndex.bytes(folder);
        if (Arrays.equals(json, now)) {
          throw e;
        }
        json = now;
      }
    }
  }

  /** Whether the folder has a {@code model.json}. */
  public static boolean isModel(Path folder) {
    return Files.isRegularFile(folder.resolve(ModelIndex.NAME));
  }

  /** The names of the files of the model in a folder, such as {@link #TRAINING}. */
  public static Set<String> files(Path folder) {
    return ModelIndex.read(folder).files().keySet();
  }

  private static Content read(Path folder, ModelIndex index, Collection<String> names) {
    Map<String, Safetensors.Content> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, index.file(name, folder).read(folder));
    }
    return new Content(index.description(), files);
  }

  /** Step 3 of a save: gives the parts of the model that stands their plain names. */
  private static void finish(Path folder, Map<String, ModelFile> entries) {
    try {
      for (ModelFile entry : entries.values()) {
        if (Files.exists(entry.part(folder))) {
          Files.move(
              entry.part(folder), folder.resolve(entry.name()), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      AtomicFile.force(folder);
    } catch (IOException e) {
      throw AtomicFile.failed(folder, e);
    }
  }
}
