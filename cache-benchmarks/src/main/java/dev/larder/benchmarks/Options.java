package dev.larder.benchmarks;

import dev.larder.benchmarks.run.Effort;
import dev.larder.benchmarks.run.Row;
import dev.larder.benchmarks.subject.Library;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param rows names of rows; all if empty
 * @param libraries all if empty
 * @param rounds how often each library is measured in each row
 */
record Options(List<String> rows, List<Library> libraries, int rounds, boolean quick, Path output) {
    static final String USAGE = """
            Measures caches and writes a report: as HTML, as Markdown, and a table here.

              --row NAME,...        only these rows; remote-* are all that begin so
              --library NAME,...    only these libraries, and what they are compared with
              --rounds N            measure each so often (5; quick: 3)
              --quick               a few rows and libraries, and less time for each: about 5 minutes
              --output DIRECTORY    where the report goes
              --list                print the rows and end
              jmh ...               hand all that follows to JMH
            """;

    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 3;

    private static final List<Library> QUICK_LIBRARIES = List.of(
            Library.LARDER,
            Library.CAFFEINE,
            Library.CAFFEINE_JCACHE,
            Library.CACHE2K,
            Library.LETTUCE,
            Library.REDISSON);

    static Options parse(List<String> arguments, Path defaultOutput) {
        List<String> rows = new ArrayList<>();
        List<Library> libraries = new ArrayList<>();
        boolean quick = arguments.contains("--quick");
        int rounds = defaultRounds(quick);
        Path output = defaultOutput;
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--row" -> rows.addAll(words(arguments, ++i));
                case "--library" -> words(arguments, ++i).forEach(name -> libraries.add(Library.of(name)));
                case "--rounds" -> rounds = number(arguments, ++i);
                case "--output" -> output = Path.of(value(arguments, ++i));
                case "--quick" -> {}
                default -> throw new IllegalArgumentException("unknown option " + arguments.get(i));
            }
        }
        return new Options(List.copyOf(rows), List.copyOf(libraries), rounds, quick, output);
    }

    private static List<String> words(List<String> arguments, int index) {
        return Arrays.asList(value(arguments, index).split(",", -1));
    }

    private static int number(List<String> arguments, int index) {
        int number = Integer.parseInt(value(arguments, index));
        if (number < 1) {
            throw new IllegalArgumentException(arguments.get(index - 1) + " must be positive: " + number);
        }
        return number;
    }

    private static String value(List<String> arguments, int index) {
        if (index == arguments.size()) {
            throw new IllegalArgumentException(arguments.get(index - 1) + " lacks its value");
        }
        return arguments.get(index);
    }

    /** Returns what repeats all this but for the choice of rows. */
    String withoutRows() {
        StringBuilder words = new StringBuilder(quick ? " --quick" : "");
        if (rounds != defaultRounds(quick)) {
            words.append(" --rounds ").append(rounds);
        }
        if (!libraries.isEmpty()) {
            words.append(" --library ")
                    .append(libraries.stream().map(Library::id).collect(Collectors.joining(",")));
        }
        return words.toString();
    }

    private static int defaultRounds(boolean quick) {
        return quick ? QUICK_ROUNDS : ROUNDS;
    }

    Effort effort() {
        return quick ? Effort.QUICK : Effort.FULL;
    }

    /** Returns what is asked for of all there is. A row or library that is named is measured in a quick run too. */
    List<Row> select(List<Row> all) {
        checkNames(all);
        return all.stream()
                .filter(row -> rows.isEmpty() ? !quick || row.isQuick() : isNamed(row.id()))
                .map(this::withLibraries)
                .filter(row -> !row.libraries().isEmpty())
                .toList();
    }

    private void checkNames(List<Row> all) {
        List<String> known = all.stream().map(Row::id).toList();
        for (String name : rows) {
            if (known.stream().noneMatch(id -> names(name, id))) {
                throw new IllegalArgumentException("no row \"" + name + "\"; there are " + String.join(", ", known));
            }
        }
    }

    private boolean isNamed(String id) {
        return rows.stream().anyMatch(name -> names(name, id));
    }

    private static boolean names(String name, String id) {
        return name.endsWith("*") ? id.startsWith(name.substring(0, name.length() - 1)) : id.equals(name);
    }

    private Row withLibraries(Row row) {
        if (!libraries.isEmpty()) {
            return row.only(libraries);
        }
        return quick ? row.only(QUICK_LIBRARIES) : row;
    }
}
