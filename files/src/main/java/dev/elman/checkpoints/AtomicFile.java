package dev.elman.checkpoints;

import dev.elman.data.DataException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that is replaced whole or not at all.
 *
 * <p>The bytes go to {@code NAME.PID-N.part} in the same folder, are forced to the disk, and the
 * file is renamed. A process killed at any moment leaves the old file or the new one; an error
 * leaves the old one and removes the part.
 */
public final class AtomicFile {

  private static final AtomicLong COUNT = new AtomicLong();

  private AtomicFile() {}

  /** What is written into a file. */
  @FunctionalInterface
  public interface Bytes {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @throws UncheckedIOException if it cannot be written, saying why and what to do; the old file
   *     is then as it was
   */
  public static void write(Path file, Bytes bytes) {
    Path part = null;
    try {
      Path target = file.toAbsolutePath();
      target = Files.isSymbolicLink(target) ? target.toRealPath() : target;
      if (Files.isDirectory(target)) {
        throw new FileSystemException(file.toString(), null, "Is a directory");
      }
      String unique = ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
      part = target.resolveSibling(target.getFileName() + "." + unique + ".part");
      writeThrough(part, bytes);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      part = null;
      force(target.getParent());
    } catch (IOException e) {
      throw failed(file, e);
    } finally {
      if (part != null) {
        part.toFile().delete();
      }
    }
  }

  /** Forces the entries of a folder to the disk, so that a rename outlives a power cut. */
  static void force(Path folder) throws IOException {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    boolean done = windows; // where a folder cannot be opened
    boolean interrupted = Thread.interrupted();
    try {
      while (!done) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          done = true;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Not through a channel, which an interrupted thread would find closed. */
  private static void writeThrough(Path part, Bytes bytes) throws IOException {
    try (FileOutputStream file = new FileOutputStream(part.toFile());
        OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
      bytes.writeTo(out);
      out.flush();
      file.getFD().sync();
    }
  }

  /**
   * Finds out whether a file can be written, before the work whose result it is to hold.
   *
   * @throws UncheckedIOException if not, as {@link #write} would say it; nothing is left behind
   */
  public static void requireWritable(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "Is a directory");
      }
      Path folder = file.toAbsolutePath().getParent();
      Files.delete(Files.createTempFile(folder, file.getFileName() + ".", ".part"));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Makes a folder, with those above it; one that is there is left as it is. */
  public static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static boolean isBelowFile(Path folder) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there != null && Files.isRegularFile(there);
  }

  /** What the system says; of some exceptions the message is the file's name alone. */
  private static String reason(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() == null) {
      return e instanceof AccessDeniedException
          ? "permission denied"
          : e.getClass().getSimpleName();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  static UncheckedIOException failed(Path file, IOException e) {
    Path folder = file.toAbsolutePath().getParent();
    String reason = reason(e);
    String known = reason.toLowerCase(Locale.ROOT);
    String cause = "the disk or the network behind it failed";
    String cure = "look at the reason above, or write to another folder";
    if (e instanceof FileAlreadyExistsException || isBelowFile(folder)) {
      reason = "a file where a folder is needed";
      cause = "a file of that name was there before";
      cure = "choose another name, or move the file away";
    } else if (!Files.isDirectory(folder)) {
      reason = "no folder " + folder;
      cause = "the folder does not exist, or its name is misspelt";
      cure = "make it, as in: mkdir -p " + folder;
    } else if (Files.isDirectory(file)) {
      cause = "there is a folder of that name";
      cure = "choose another name";
    } else if (known.contains("no space left") || known.contains("quota")) {
      cause = "the disk is full";
      cure = "make room, or write to another disk; what was there before is unchanged";
    } else if (e instanceof AccessDeniedException
        || known.contains("permission denied")
        || known.contains("read-only")) {
      cause = "this user may not write to the folder " + folder;
      cure = "grant write permission, as in: chmod u+w " + folder + ", or choose another folder";
    }
    return new UncheckedIOException(DataException.text("to write " + file, reason, cause, cure), e);
  }
}
