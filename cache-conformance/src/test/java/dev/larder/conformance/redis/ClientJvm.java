package dev.larder.conformance.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM of its own, from the class path of the tests, in which a {@link Member} works. It ends when this JVM does, in whatever way. */
final class ClientJvm implements AutoCloseable {

    /** A cold JVM on a busy machine takes its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final OutputStream orders;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private ClientJvm(Process process) {
        this.process = process;
        this.orders = process.getOutputStream();
        this.reader = new Thread(this::read, "lines of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one, which begins its work when it is told to {@link #go}. */
    static ClientJvm start(Class<?> main, String... arguments) {
        return start(System.getProperty("java.class.path"), main, arguments);
    }

    /** Starts one that has not got a jar. */
    static ClientJvm startWithout(String jar, Class<?> main, String... arguments) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(element -> !element.contains(jar))
                .collect(Collectors.joining(File.pathSeparator));
        return start(classPath, main, arguments);
    }

    private static ClientJvm start(String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new ClientJvm(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("no more to read: " + e.getMessage());
        }
    }

    /** Waits until it can begin. */
    ClientJvm awaitReady() {
        await(Member.READY::equals);
        return this;
    }

    /** Lets it begin. */
    void go() {
        try {
            orders.write((Member.GO + "\n").getBytes(StandardCharsets.UTF_8));
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(this.toString(), e);
        }
    }

    /** Waits until its work is done. */
    void awaitDone() {
        await(Member.DONE::equals);
    }

    /** Waits until it has ended, by itself or not. */
    void awaitEnd() {
        awaitUntil(() -> !process.isAlive());
    }

    private void await(Predicate<String> line) {
        awaitUntil(() -> lines.stream().anyMatch(line) || !reader.isAlive());
        assertThat(lines).as(this::toString).anyMatch(line);
    }

    private void awaitUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as(this::toString).isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + this, e);
        }
    }

    /** Returns what it said so far in lines that begin with a word, without that. */
    Stream<String> said(String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1));
    }

    /** Kills it, as the loss of its machine would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "JVM " + process.pid() + (process.isAlive() ? "" : " (ended)") + ", which said:\n"
                + String.join("\n", lines);
    }
}
