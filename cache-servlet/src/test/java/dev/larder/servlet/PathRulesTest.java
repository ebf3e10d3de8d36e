package dev.larder.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {

    private final PathRules rules = new PathRules(List.of("/static/*", "*.css", "/health"));

    @ParameterizedTest
    @ValueSource(strings = {"/static", "/static/", "/static/a/b.js", "/a/b.css", "/health"})
    void matches(String path) {
        assertThat(rules.matches(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/statics", "/a/static/b", "/a.css/b", "/health/", "/healthy"})
    void doesNotMatch(String path) {
        assertThat(rules.matches(path)).isFalse();
    }

    @Test
    void everythingCanBeMeant() {
        assertThat(new PathRules(List.of("/*")).matches("/a/b")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "static/*", "/a*", "/*/b", "*", "*.a/b", "*.*"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PathRules(List.of(pattern)))
                .withMessageContaining("\"" + pattern + "\"");
    }
}
