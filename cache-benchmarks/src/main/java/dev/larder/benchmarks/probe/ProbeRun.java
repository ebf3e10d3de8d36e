package dev.larder.benchmarks.probe;

import dev.larder.benchmarks.subject.Library;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a probe in a JVM of its own, where nothing else was loaded or compiled. */
public final class ProbeRun {
    private static final String MARK = "measured: ";

    private ProbeRun() {}

    /** Returns what the probe found. */
    public static Map<String, Double> inOwnJvm(Probe probe, Library library) throws IOException, InterruptedException {
        List<String> jvmArguments = new ArrayList<>(probe.jvmArguments());
        jvmArguments.addAll(library.jvmArguments());
        ChildJvm jvm = new ChildJvm(
                System.getProperty("java.class.path"),
                jvmArguments,
                ProbeRun.class,
                List.of(encode(probe), library.id()));
        return parse(jvm.lineAfter(MARK));
    }

    /** Takes a probe as {@link #encode} writes it, and the library. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Double> found = decode(arguments[0]).measure(Library.of(arguments[1]));
        System.out.println(MARK + format(found));
        // a library may have threads that would go on
        Runtime.getRuntime().halt(0);
    }

    static String format(Map<String, Double> found) {
        List<String> pairs = new ArrayList<>();
        found.forEach((name, value) -> pairs.add(name + "=" + value));
        return String.join(";", pairs);
    }

    static Map<String, Double> parse(String line) {
        Map<String, Double> found = new TreeMap<>();
        for (String pair : line.split(";", -1)) {
            int equals = pair.indexOf('=');
            found.put(pair.substring(0, equals), Double.valueOf(pair.substring(equals + 1)));
        }
        return found;
    }

    private static String encode(Probe probe) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(probe);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Reads what the parent wrote on its own command line. */
    private static Probe decode(String text) throws IOException, ClassNotFoundException {
        byte[] bytes = Base64.getDecoder().decode(text);
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Probe) input.readObject();
        }
    }
}
