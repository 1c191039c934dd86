package dev.elman.cli;

import dev.elman.checkpoints.AtomicFile;
import dev.elman.checkpoints.ModelFolder;
import dev.elman.data.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** The folder of a training under way, which no other training may use. */
final class TrainingFolder implements AutoCloseable {
  private final Path folder;
  private final Path lock;
  private final FileChannel channel;
  private final PrintWriter out;
  private final Thread interrupted = new Thread(this::interrupted);
  private final ReentrantLock saving = new ReentrantLock();
  private boolean resumable;

  private TrainingFolder(
      Path folder, Path lock, FileChannel channel, boolean resumable, PrintWriter out) {
    this.resumable = resumable;
    this.folder = folder;
    this.lock = lock;
    this.channel = channel;
    this.out = out;
    Runtime.getRuntime().addShutdownHook(interrupted);
  }

  /**
   * Makes the folder if need be, and finds out before the work whether a model can be saved there.
   *
   * @throws DataException when another training uses it, or it holds something else
   * @throws UncheckedIOException when it cannot be written to
   */
  static TrainingFolder open(Path folder, PrintWriter out) {
    AtomicFile.makeFolder(folder);
    AtomicFile.requireWritable(folder.resolve("model.json"));
    boolean resumable =
        ModelFolder.isModel(folder) // and files() refuses what another program wrote
            && ModelFolder.files(folder).contains(ModelFolder.TRAINING);
    Path lock = folder.resolve("training.lock");
    try {
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new DataException(
            "a folder of its own for this training",
            folder + ", where another training is under way",
            "the same command was started twice",
            "wait for the other, or name another folder with --out");
      }
      return new TrainingFolder(folder, lock, channel, resumable, out);
    } catch (IOException e) {
      throw new UncheckedIOException(
          DataException.text(
              "to lock " + lock,
              e.toString(),
              "the disk does not lock files, as some network disks",
              "name a folder on another disk with --out"),
          e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null; // the system takes it back when the process is killed
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  void sayWhatIsReplaced() {
    if (ModelFolder.isModel(folder)) {
      out.println("The model in " + folder + " is replaced at the first checkpoint.");
    }
  }

  /** Saves; when the process is asked to end meanwhile, it waits until that is done. */
  void save(Runnable write) {
    saving.lock();
    try {
      write.run();
      resumable = true;
    } finally {
      saving.unlock();
    }
  }

  private void interrupted() {
    saving.lock(); // and no save begins from here on
    boolean model = ModelFolder.isModel(folder);
    leave();
    out.println();
    out.println(
        resumable
            ? "Stopped. To go on from the last checkpoint, add --resume to the same command."
            : "Stopped before the first checkpoint; "
                + (model ? "the model that was there is untouched." : "nothing is left behind."));
    out.flush();
  }

  private void leave() {
    try {
      Files.deleteIfExists(lock);
      channel.close();
    } catch (IOException e) {
      out.println("The file " + lock + " is left behind (" + e.getMessage() + "); remove it.");
    }
    String[] left = folder.toFile().list();
    if (left != null && left.length == 0) {
      folder.toFile().delete();
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(interrupted);
    leave();
  }
}
