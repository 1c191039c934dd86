package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.data.InputFile;
import dev.elman.data.Nearest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code model.json}: a description of the model, and which files belong to it.
 *
 * @param description everything but the three keys of the format
 * @param files by name
 */
record ModelIndex(Map<String, Object> description, Map<String, ModelFile> files) {

  static final String NAME = "model.json";
  private static final String FORMAT = "elman-model";
  private static final List<String> KEYS = List.of("format", "version", "files");

  ModelIndex {
    for (String key : KEYS) {
      if (description.containsKey(key)) {
        throw new IllegalArgumentException(
            "model.json: the keys " + KEYS + " belong to the format; '" + key + "' was given.");
      }
    }
  }

  /** The bytes of the file. */
  byte[] json() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("format", FORMAT);
    tree.put("version", ModelFolder.VERSION);
    tree.putAll(description);
    Map<String, Object> entries = new LinkedHashMap<>();
    files.forEach((name, file) -> entries.put(name, file.tree()));
    tree.put("files", entries);
    return Json.write(tree);
  }

  static ModelIndex read(Path folder) {
    return parse(bytes(folder), folder);
  }

  /** The bytes of the file in that folder. */
  static byte[] bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw missing(folder);
    }
    Path json = folder.resolve(NAME);
    if (!Files.exists(json)) {
      throw new DataException(
          "a model in " + folder,
          "a folder without a " + NAME,
          "the folder is another one, or its training was stopped before its first save",
          "name the folder that training wrote to");
    }
    return InputFile.bytes(json);
  }

  static ModelIndex parse(byte[] json, Path folder) {
    Map<String, Object> tree = Json.read(json, folder.resolve(NAME).toString());
    if (!FORMAT.equals(tree.get("format")) || !(tree.get("version") instanceof Integer version)) {
      throw new DataException(
          "a model in " + folder,
          "a " + NAME + " of another program (its \"format\" is not \"" + FORMAT + "\")",
          "the folder belongs to another program",
          "choose another folder");
    }
    if (version > ModelFolder.VERSION) {
      throw new DataException(
          "a model of format version " + ModelFolder.VERSION + " or older in " + folder,
          "version " + version,
          "it was written by a newer release of Elman",
          "use that release or a later one");
    }
    if (!(tree.get("files") instanceof Map<?, ?> entries)) {
      throw ModelFile.damaged(folder, "no map of \"files\"");
    }
    Map<String, ModelFile> files = new LinkedHashMap<>();
    entries.forEach((name, entry) -> files.put("" + name, ModelFile.of("" + name, entry, folder)));
    KEYS.forEach(tree::remove);
    return new ModelIndex(tree, files);
  }

  /** The entry of a file that is wanted from the folder. */
  ModelFile file(String name, Path folder) {
    ModelFile file = files.get(name);
    if (file == null) {
      throw new DataException(
          "the file " + name + " in the model " + folder,
          "the files " + files.keySet(),
          "the model was saved without it, as one that is only to be used and not trained further",
          "name a model that was saved with it, or train anew");
    }
    return file;
  }

  private static DataException missing(Path folder) {
    if (Files.exists(folder)) {
      return new DataException(
          "a model folder at " + folder,
          "a file",
          "a file within the model was named instead of its folder",
          "name the folder " + folder.toAbsolutePath().getParent());
    }
    File[] beside = folder.toAbsolutePath().normalize().getParent().toFile().listFiles();
    Optional<String> near =
        Nearest.of(
            folder.getFileName().toString(),
            Arrays.stream(beside == null ? new File[0] : beside)
                .filter(File::isDirectory)
                .map(File::getName)
                .sorted()
                .toList());
    return new DataException(
        "a model folder at " + folder,
        "nothing of that name",
        "the name is mistyped, or relative to another working directory than "
            + Path.of("").toAbsolutePath(),
        near.map(name -> "did you mean '" + name + "'?").orElse("check the path"));
  }
}
