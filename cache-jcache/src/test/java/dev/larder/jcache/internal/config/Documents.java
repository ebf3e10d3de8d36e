package dev.larder.jcache.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the documents have to hold: made from the tables in the code. With {@code -Dlarder.update=true} the tests write
 * it to the files instead of comparing it.
 */
final class Documents {

    static final String EXTENDS = "The template, by its pattern, whose settings hold where there are none here.";

    private static final Path PAGE = Path.of("../docs/configuration.md");

    private Documents() {}

    static String keys() {
        return "| key | what it is |\n|---|---|\n"
                + Arrays.stream(FileKey.values())
                        .map(key -> "| `" + key.key() + "` | " + key.doc() + " |\n")
                        .collect(Collectors.joining());
    }

    static String settings() {
        return "| key | value | default | what it does |\n|---|---|---|---|\n"
                + Settings.EVERYWHERE.stream().map(Documents::row).collect(Collectors.joining());
    }

    static String settingsOfCaches() {
        return "| key | value | default | what it does |\n|---|---|---|---|\n"
                + "| `" + Block.EXTENDS + "` | pattern: `products*` | none; of a cache, the template that matches | "
                + EXTENDS + " |\n"
                + Settings.OF_CACHES.stream()
                        .filter(setting -> !Settings.EVERYWHERE.contains(setting))
                        .map(Documents::row)
                        .collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        return "| `" + setting.name() + "` | " + setting.type().name() + " | " + setting.defaultValue() + " | "
                + setting.doc() + " |\n";
    }

    /** Returns the blocks of the page that are in a language. */
    static List<String> examples(String language) throws IOException {
        Pattern block = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
        return block.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Returns what stands between the marks of a name, after it was written there if so asked. */
    static String marked(String name, String expected) throws IOException {
        Pattern between = Pattern.compile("(?<=<!-- " + name + " -->\\n\\n).*?(?=\\n<!-- end -->)", Pattern.DOTALL);
        if (Boolean.getBoolean("larder.update")) {
            String page = Files.readString(PAGE);
            Files.writeString(PAGE, between.matcher(page).replaceAll(Matcher.quoteReplacement(expected)));
        }
        return between.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining());
    }

    /** Returns the content of a file, after it was written there if so asked. */
    static String file(Path path, String expected) throws IOException {
        if (Boolean.getBoolean("larder.update")) {
            Files.writeString(path, expected);
        }
        return Files.readString(path);
    }
}
