package dev.larder.patterns.behind;

import dev.larder.patterns.fixture.Entries;
import dev.larder.patterns.write.Writers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A program that writes behind until it is killed. It prints a line {@code <key> <value>} for each write that was acknowledged; values of a key go up from 1.
 * What reaches the database, a file, is such a line too.
 */
final class Victim {

    private static final int THREADS = 3;
    private static final int KEYS_PER_THREAD = 5;

    private Victim() {}

    /** Runs until it is killed; the arguments are the files of the journal (or {@code none}) and the database. */
    public static void main(String[] arguments) throws IOException {
        WriteBehind<String, Integer> behind = start(arguments[0], Path.of(arguments[1]));
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread * KEYS_PER_THREAD;
            threads.execute(() -> writeForEver(behind, first, out));
        }
    }

    /** Starts write-behind from a journal to a database, as the program and who looks after it do. */
    static WriteBehind<String, Integer> start(String journal, Path database) throws IOException {
        FileChannel file = FileChannel.open(database, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        WriteBehindBuilder<String, Integer> builder = WriteBehind.to(
                        Writers.bulk((Map<String, Integer> entries) -> append(file, entries), (Set<String> keys) -> {}))
                .batch(10)
                .delay(Duration.ofMillis(3));
        if (!journal.equals("none")) {
            builder.journal(Journal.at(Path.of(journal), JournalCodec.strings(), JournalCodec.integers()));
        }
        return builder.start();
    }

    private static void append(FileChannel file, Map<String, Integer> entries) throws IOException {
        StringBuilder lines = new StringBuilder();
        entries.forEach((key, value) -> lines.append(line(key, value)));
        file.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(String key, int value) {
        return key + " " + value + "\n";
    }

    private static void writeForEver(WriteBehind<String, Integer> behind, int first, FileOutputStream out) {
        for (int i = 0; ; i++) {
            String key = "key-" + (first + i % KEYS_PER_THREAD);
            int value = 1 + i / KEYS_PER_THREAD;
            behind.write(Entries.entry(key, value));
            try {
                out.write(line(key, value).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
