package dev.larder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagVersionsTest {

    private static final Set<String> RED = Set.of("red");

    private final TagVersions versions = new TagVersions(3);

    @Test
    void valueIsUpToDateUntilItsTagIsInvalidated() {
        long asOf = versions.number();

        versions.invalidate(List.of("green"));
        assertThat(versions.isUpToDate(RED, asOf)).isTrue();
        versions.invalidate(RED);

        assertThat(versions.isUpToDate(RED, asOf)).isFalse();
        assertThat(versions.isUpToDate(RED, versions.number())).isTrue();
    }

    @Test
    void everyInvalidationHasANumberOfItsOwn() {
        versions.invalidate(RED);
        long first = versions.number();
        versions.invalidate(List.of("red", "green"));

        assertThat(versions.number()).isEqualTo(first + 1);
        assertThat(versions.isUpToDate(RED, first)).isFalse();
    }

    @Test
    void onceATagIsForgottenAllThatIsOlderThanItsInvalidationIsOutOfDate() {
        long before = versions.number();
        versions.invalidate(RED);
        long after = versions.number();

        versions.invalidate(List.of("a", "b"));
        assertThat(versions.isUpToDate(Set.of("other"), before)).isTrue();
        versions.invalidate(List.of("c"));

        assertThat(versions.isUpToDate(Set.of("other"), before)).isFalse();
        assertThat(versions.isUpToDate(RED, before)).isFalse();
        assertThat(versions.isUpToDate(RED, after)).isTrue();
        assertThat(versions.isUpToDate(Set.of("c"), after)).isFalse();
    }

    @Test
    void theTagIsForgottenWhoseLastInvalidationIsTheLongestAgo() {
        versions.invalidate(RED);
        versions.invalidate(List.of("a"));
        long asOf = versions.number();
        versions.invalidate(List.of("b"));
        versions.invalidate(RED);

        versions.invalidate(List.of("c"));

        assertThat(versions.isUpToDate(Set.of("other"), asOf)).isTrue();
        assertThat(versions.isUpToDate(RED, asOf)).isFalse();
    }

    @Test
    void tagThatIsInvalidatedOftenTakesOnePlace() {
        versions.invalidate(List.of("a", "b"));
        long asOf = versions.number();

        for (int i = 0; i < 100; i++) {
            versions.invalidate(RED);
        }

        assertThat(versions.isUpToDate(Set.of("other"), asOf)).isTrue();
    }

    @Test
    void numbersOfAServerMayComeLateAndTwice() {
        versions.learn(RED, 7);
        versions.learn(List.of("green"), 5);
        versions.learn(RED, 3);

        assertThat(versions.number()).isEqualTo(7);
        assertThat(versions.isUpToDate(RED, 6)).isFalse();
        assertThat(versions.isUpToDate(Set.of("green"), 4)).isFalse();
        assertThat(versions.isUpToDate(Set.of("green"), 5)).isTrue();
    }

    @Test
    void whatAServerHasForgottenIsOutOfDate() {
        versions.learn(RED, 7);
        versions.learnFloor(5);

        assertThat(versions.number()).isEqualTo(7);
        assertThat(versions.isUpToDate(Set.of("any"), 4)).isFalse();
        assertThat(versions.isUpToDate(Set.of("any"), 5)).isTrue();
        assertThat(versions.isUpToDate(RED, 6)).isFalse();
    }

    @Test
    void floorOfAServerIsANumberLikeAnyOther() {
        versions.learnFloor(9);
        versions.learnFloor(3);

        assertThat(versions.number()).isEqualTo(9);
        assertThat(versions.isUpToDate(RED, 8)).isFalse();
        assertThat(versions.isUpToDate(RED, 9)).isTrue();
    }

    @Test
    void tagThatIsToldOfTwiceIsNoYoungerForIt() {
        TagVersions two = new TagVersions(2);
        two.learn(RED, 1);
        two.learn(List.of("green"), 2);
        two.learn(RED, 1);
        two.learn(List.of("blue"), 3);

        assertThat(two.isUpToDate(Set.of("any"), 1)).isTrue();
        assertThat(two.isUpToDate(Set.of("green"), 1)).isFalse();
    }

    @Test
    void tagsHaveLimits() {
        Set<String> most =
                IntStream.range(0, Tags.MOST).mapToObj(i -> "tag " + i).collect(Collectors.toSet());
        assertThat(Tags.of(most).names()).isEqualTo(most);
        assertThat(Tags.of(Set.of()).isNone()).isTrue();
        String longest = "x".repeat(Tags.LONGEST);
        assertThat(Tags.of(Set.of(longest)).names()).containsExactly(longest);

        assertThatThrownBy(() -> Tags.of(IntStream.rangeClosed(0, Tags.MOST)
                        .mapToObj(i -> "tag " + i)
                        .collect(Collectors.toSet())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an entry can have 64 tags, not 65");
        assertThatThrownBy(() -> Tags.of(Set.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tag must not be empty");
        assertThatThrownBy(() -> Tags.of(Set.of("x".repeat(Tags.LONGEST + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tag can have 256 characters, not 257: xxx");
    }

    @Test
    void onlyAPutHasTags() {
        assertThatThrownBy(() -> Change.remove().withTags(Tags.of(RED))).isInstanceOf(IllegalStateException.class);
        assertThat(Change.put("value", Ttl.ETERNAL)
                        .withTags(Tags.of(RED))
                        .ifAbsent()
                        .returningPrevious()
                        .orInvalidate()
                        .tags()
                        .names())
                .isEqualTo(RED);
    }
}
