package dev.larder.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import dev.larder.benchmarks.probe.Artifacts;
import dev.larder.benchmarks.subject.Library;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where and with what was measured. */
public record Environment(String date, String machine, String jvm, String load, String versions) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** Looks at this machine, before it is measured on. */
    public static Environment here() {
        return new Environment(
                ZonedDateTime.now(ZoneOffset.UTC)
                        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)),
                machineHere(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                loadHere(),
                versionsHere());
    }

    private static String machineHere() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "%s, %d processors, %d GB, %s %s"
                .formatted(
                        processorModel(),
                        system.getAvailableProcessors(),
                        Math.round(system.getTotalMemorySize() / 1e9),
                        system.getName(),
                        system.getVersion());
    }

    private static String processorModel() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            // only Linux has it
            return System.getProperty("os.arch");
        }
    }

    private static String loadHere() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "not known" : String.format(Locale.ROOT, "%.1f", load);
    }

    private static String versionsHere() {
        Artifacts artifacts = Artifacts.ofThisBuild();
        return Arrays.stream(Library.values())
                .filter(library -> library != Library.CAFFEINE_ASYNC)
                // without the way it is used
                .map(library -> library.title().replaceAll(",.*", "") + " " + artifacts.versionOf(library))
                .collect(Collectors.joining(", "));
    }

    /** Returns a line for each fact, its name before it. */
    List<List<String>> facts() {
        return List.of(
                List.of("Date", date),
                List.of("Machine", machine),
                List.of("JVM", jvm),
                List.of("Load average at the start", load),
                List.of("Versions", versions));
    }
}
