package dev.larder.benchmarks.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program run in a JVM of its own. */
record ChildJvm(String classPath, List<String> jvmArguments, Class<?> program, List<String> arguments) {

    /** Runs the program and returns the rest of the one line of its output that begins with the mark. */
    String lineAfter(String mark) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int exit = process.waitFor();
        return output.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        program.getName() + " ended with " + exit + " and said\n" + String.join("\n", output)));
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(arguments);
        return command;
    }
}
