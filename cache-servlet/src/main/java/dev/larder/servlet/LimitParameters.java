package dev.larder.servlet;

import dev.larder.patterns.session.SessionStoreBuilder;
import dev.larder.patterns.session.WhenTooMany;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the init parameters of a filter say of how many sessions there may be of one user, or of one value of another index. */
final class LimitParameters {

    private static final String MOST = "maxSessions";
    private static final String WHO_GOES = "whenTooMany";
    private static final Pattern LIMIT = Pattern.compile("(?:(.+)=)?([1-9]\\d{0,8})");

    private final InitParameters parameters;
    private final List<String> indexes;

    private LimitParameters(InitParameters parameters, List<String> indexes) {
        this.parameters = parameters;
        this.indexes = indexes;
    }

    private record Limit(String index, int sessions) {}

    /**
     * Returns what they say.
     *
     * @param indexes those that there are
     * @throws IllegalArgumentException if it makes no sense
     */
    static Consumer<SessionStoreBuilder> of(InitParameters parameters, List<String> indexes) {
        LimitParameters said = new LimitParameters(parameters, indexes);
        List<Limit> limits = said.limits();
        WhenTooMany whenTooMany = said.whenTooMany(limits);
        return builder -> limits.forEach(limit -> builder.maxSessions(limit.index(), limit.sessions(), whenTooMany));
    }

    private WhenTooMany whenTooMany(List<Limit> limits) {
        WhenTooMany said = parameters.choice(WHO_GOES, WhenTooMany.class);
        if (said != null && limits.isEmpty()) {
            throw parameters.wrong(
                    WHO_GOES,
                    Objects.toString(parameters.text(WHO_GOES)),
                    "say how many sessions there may be: " + MOST);
        }
        return said == null ? WhenTooMany.END_OLDEST_USED : said;
    }

    private List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        for (String word : parameters.words(MOST)) {
            limits.add(limit(word));
        }
        return limits;
    }

    private Limit limit(String word) {
        Matcher matcher = LIMIT.matcher(word);
        if (!matcher.matches()) {
            throw wrong(word, "write a number from 1 on, or user=3 for the index \"user\"");
        }
        return new Limit(index(word, matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private String index(String word, @Nullable String named) {
        if (named == null && indexes.size() == 1) {
            return indexes.get(0);
        }
        if (indexes.isEmpty()) {
            throw wrong(word, "name the attribute that has the user, by the parameter index");
        }
        if (named == null || !indexes.contains(named)) {
            throw wrong(word, "write of which index, as in " + indexes.get(0) + "=3; there are " + indexes);
        }
        return named;
    }

    private IllegalArgumentException wrong(String word, String remedy) {
        return parameters.wrong(MOST, word, remedy);
    }
}
