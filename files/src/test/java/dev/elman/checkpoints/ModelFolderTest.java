package dev.elman.checkpoints;

import static dev.elman.checkpoints.ModelFolder.TRAINING;
import static dev.elman.checkpoints.ModelFolder.WEIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elman.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

  @TempDir Path temporary;
  private Path model;

  @BeforeEach
  void chooseAFolderThatIsNotThere() {
    model = temporary.resolve("runs/charlm");
  }

  static Safetensors.Content filled(int step, int size) {
    float[] values = new float[size];
    Arrays.fill(values, step);
    return new Safetensors.Content(
        List.of(new NamedTensor("w", new int[] {size}, values)), Map.of("step", "" + step));
  }

  static void save(Path folder, int step) {
    ModelFolder.write(
        folder, Map.of("step", step), Map.of(WEIGHTS, filled(step, 5), TRAINING, filled(step, 7)));
  }

  private static void holds(Path folder, int step) {
    ModelFolder.Content content = ModelFolder.read(folder, WEIGHTS, TRAINING);
    assertThat(content.description()).isEqualTo(Map.of("step", step));
    assertThat(content.file(WEIGHTS).tensors().get(0).values()).hasSize(5).containsOnly(step);
    assertThat(content.file(TRAINING).tensors().get(0).values()).hasSize(7).containsOnly(step);
  }

  private void refuses(String... parts) {
    refuses(model, parts);
  }

  private static void refuses(Path folder, String... parts) {
    assertThatThrownBy(() -> ModelFolder.read(folder, WEIGHTS))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts)
        .hasMessageMatching("(?s)Expected .+, found .+\nLikely cause: .+\nCure: .+[.?]");
  }

  private void edit(String from, String to) throws IOException {
    Path json = model.resolve("model.json");
    Files.writeString(json, Files.readString(json).replace(from, to));
  }

  @Test
  void whatIsWrittenIsRead() {
    Map<String, Object> description = new TreeMap<>();
    description.put("cell", "lstm");
    description.put("loss", 1.25);
    description.put("sizes", List.of(128, 64));
    description.put("data", Map.of("bytes", 12_345_678_901L, "clean", true));
    ModelFolder.write(model, description, Map.of(WEIGHTS, filled(3, 5)));
    ModelFolder.Content content = ModelFolder.read(model, WEIGHTS);
    assertThat(content.description()).isEqualTo(description);
    assertThat(content.file(WEIGHTS).metadata()).isEqualTo(Map.of("step", "3"));
    assertThat(ModelFolder.files(model)).containsExactly(WEIGHTS);
    assertThat(ModelFolder.isModel(model)).isTrue();
    assertThat(model.toFile().list()).containsExactlyInAnyOrder("model.json", WEIGHTS);
    assertThatThrownBy(() -> content.file(TRAINING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got training.safetensors");
  }

  @Test
  void theIndexCanBeReadByPeople() throws IOException {
    ModelFolder.write(model, Map.of("sizes", List.of(128, 64)), Map.of(WEIGHTS, filled(3, 5)));
    assertThat(Files.readString(model.resolve("model.json")).replaceAll("[0-9a-f]{64}", "SHA"))
        .isEqualTo(
            """
            {
              "format" : "elman-model",
              "version" : 1,
              "sizes" : [ 128, 64 ],
              "files" : {
                "weights.safetensors" : {
                  "bytes" : 116,
                  "sha256" : "SHA"
                }
              }
            }
            """);
  }

  @Test
  void aSaveReplacesTheModelAndFilesOfItsOwnOnly() throws IOException {
    save(model, 1);
    Files.writeString(model.resolve("notes.txt"), "mine");
    save(model, 2);
    holds(model, 2);
    ModelFolder.write(model, Map.of("step", 3), Map.of(WEIGHTS, filled(3, 5)));
    assertThat(model.toFile().list()).containsExactlyInAnyOrder("model.json", WEIGHTS, "notes.txt");
    assertThatThrownBy(() -> ModelFolder.read(model, TRAINING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the files [weights.safetensors]")
        .hasMessageContaining("saved without it")
        .hasMessageContaining("train anew");
  }

  @Test
  void theSameSaveGivesTheSameBytes() throws IOException {
    save(model, 1);
    save(temporary.resolve("other"), 1);
    for (String name : List.of("model.json", WEIGHTS, TRAINING)) {
      assertThat(model.resolve(name)).hasSameBinaryContentAs(temporary.resolve("other/" + name));
    }
  }

  /** Killed before model.json was renamed: the parts of a later save lie beside the model. */
  @Test
  void aSaveKilledBeforeItsCommitNeverHappened() throws IOException {
    Path later = temporary.resolve("later");
    save(model, 1);
    save(later, 2);
    Path part = ModelIndex.read(later).files().get(WEIGHTS).part(model);
    Files.copy(later.resolve(WEIGHTS), part);
    Files.writeString(model.resolve("model.json.77-1.part"), "{\"format\" :");
    holds(model, 1);
    save(model, 3);
    holds(model, 3);
    assertThat(part).exists();
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(700)));
    save(model, 4);
    holds(model, 4);
    assertThat(part).doesNotExist();
  }

  /** Killed after model.json was renamed, with none or one of the parts in its place. */
  @Test
  void aSaveKilledAfterItsCommitStandsAndIsEndedByTheNext() throws IOException {
    Path later = temporary.resolve("later");
    for (int done = 0; done < 2; done++) {
      save(model, 1);
      save(later, 2);
      Map<String, ModelFile> files = ModelIndex.read(later).files();
      Files.copy(later.resolve(WEIGHTS), files.get(WEIGHTS).part(model));
      Path training = done == 0 ? files.get(TRAINING).part(model) : model.resolve(TRAINING);
      Files.copy(later.resolve(TRAINING), training, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(
          later.resolve("model.json"),
          model.resolve("model.json"),
          StandardCopyOption.REPLACE_EXISTING);
      holds(model, 2);
      ModelFolder.write(model, Map.of("step", 3), Map.of(WEIGHTS, filled(3, 5)));
      assertThat(model.toFile().list()).containsExactlyInAnyOrder("model.json", WEIGHTS);
    }
  }

  @Test
  void aFailedSaveLeavesTheModelBefore() throws IOException {
    save(model, 1);
    Path part = ModelFile.of(WEIGHTS, filled(2, 5)).part(model);
    Files.createDirectory(part);
    Files.writeString(part.resolve("x"), "in the way");
    assertThatThrownBy(() -> save(model, 2))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("there is a folder of that name");
    holds(model, 1);
    assertThat(model.toFile().list())
        .containsExactlyInAnyOrder("model.json", WEIGHTS, TRAINING, part.getFileName().toString());
  }

  @Test
  void partsOfTwoSavesAreNotMixed() throws IOException {
    save(model, 1);
    save(temporary.resolve("other"), 2);
    Files.copy(
        temporary.resolve("other/" + WEIGHTS),
        model.resolve(WEIGHTS),
        StandardCopyOption.REPLACE_EXISTING);
    refuses("with the SHA-256", "of another save than model.json", "copy the whole folder again");
  }

  @Test
  void cutLengthenedAndMissingFilesAreRefused() throws IOException {
    save(model, 1);
    byte[] weights = Files.readAllBytes(model.resolve(WEIGHTS));
    Files.write(model.resolve(WEIGHTS), Arrays.copyOf(weights, 50));
    refuses("Expected 116 bytes in", "found 50 bytes", "the file was cut short");
    Files.write(model.resolve(WEIGHTS), Arrays.copyOf(weights, 140));
    refuses("found 140 bytes", "of another save");
    Files.delete(model.resolve(WEIGHTS));
    refuses("the file weights.safetensors in the model", "no such file", "copied in part");
  }

  @Test
  void aNewerFormatIsRefusedAndNotOverwritten() throws IOException {
    save(model, 1);
    edit("\"version\" : 1", "\"version\" : 2");
    refuses(
        "format version 1 or older",
        "found version 2",
        "written by a newer release of Elman",
        "use that release or a later one");
    assertThatThrownBy(() -> save(model, 2)).isInstanceOf(DataException.class);
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    save(model, 1);
    refuses(temporary, "a folder without a model.json", "before its first save");
    refuses(model.resolve(WEIGHTS), "found a file", "name the folder " + model);
    refuses(temporary.resolve("runs/charml"), "mistyped", "did you mean 'charlm'?");
    refuses(temporary.resolve("x/y"), "found nothing of that name", "check the path");
    edit("elman-model", "other");
    refuses("a model.json of another program", "choose another folder");
    assertThatThrownBy(() -> save(model, 2)).isInstanceOf(DataException.class);
  }

  @Test
  void aDamagedIndexIsRefused() throws IOException {
    save(model, 1);
    String json = Files.readString(model.resolve("model.json"));
    Files.writeString(model.resolve("model.json"), json.substring(0, json.length() / 2));
    refuses("a JSON object in", "cut short or edited by hand");
    for (String[] change :
        new String[][] {
          {WEIGHTS, "../weights.safetensors"}, {"\"bytes\" : 116", "\"bytes\" : \"116\""},
          {"\"sha256\" : \"", "\"sha256\" : \"../"}, {"\"files\" : {", "\"files\" : 1, \"x\" : {"},
        }) {
      Files.writeString(model.resolve("model.json"), json);
      edit(change[0], change[1]);
      refuses("the names, sizes and checksums of files", "edited by hand or damaged");
    }
    for (String text : new String[] {"", "null", "[]", "{\"a\":1,\"a\":2}"}) {
      Files.writeString(model.resolve("model.json"), text);
      refuses("model.json");
    }
  }

  @Test
  void theKeysOfTheFormatAreTaken() {
    assertThatThrownBy(() -> ModelFolder.write(model, Map.of("files", 1), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'files' was given");
    assertThatThrownBy(
            () -> ModelFolder.write(model, Map.of(), Map.of("../a.safetensors", filled(1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a plain name");
  }
}
