package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // users keep such values
class GraphCopyTest {

    @Test
    void objectThatOccursTwiceIsOneObjectInTheCopy() {
        Date shared = new Date(1);
        List<Object> original = new ArrayList<>(Arrays.asList(shared, shared, new Date(1)));

        List<Object> copy = copy(original);

        assertThat(copy.get(0)).isSameAs(copy.get(1)).isNotSameAs(shared);
        assertThat(copy.get(2)).isNotSameAs(copy.get(0));
    }

    @Test
    void objectThatOccursTwiceInSerialisedPartsIsOneObjectInTheCopy() {
        Node shared = new Node();
        List<Node> original = new ArrayList<>(List.of(new Node(shared), new Node(shared)));

        List<Node> copy = copy(original);

        assertThat(copy.get(0).next).isSameAs(copy.get(1).next).isNotSameAs(shared);
    }

    @Test
    void arrayRowThatOccursTwiceIsOneRowInTheCopy() {
        int[] row = {1};

        int[][] copy = copy(new int[][] {row, row});

        assertThat(copy[0]).isSameAs(copy[1]).isNotSameAs(row);
    }

    @Test
    void listThatContainsItselfIsCopied() {
        List<Object> original = new ArrayList<>();
        original.add(original);

        List<Object> copy = copy(original);

        assertThat(copy).isNotSameAs(original);
        assertThat(copy.get(0)).isSameAs(copy);
    }

    @Test
    void arrayBehindAListThatContainsItselfIsCopied() {
        Object[] array = new Object[1];
        List<Object> original = Arrays.asList(array);
        array[0] = original;

        List<Object> copy = copy(original);

        assertThat(copy.get(0)).isSameAs(copy);
    }

    @Test
    void nestedContainersThatContainEachOtherAreCopied() {
        Map<String, Object> map = new HashMap<>();
        Object[] array = {map};
        map.put("array", array);
        List<Object> original = new ArrayList<>(List.of(map));

        Map<?, ?> copy = (Map<?, ?>) copy(original).get(0);

        Object[] arrayCopy = (Object[]) copy.get("array");
        assertThat(arrayCopy).isNotSameAs(array);
        assertThat(arrayCopy[0]).isSameAs(copy);
    }

    @Test
    void recordReachedAgainThroughItsOwnListIsOneRecord() {
        List<Object> list = new ArrayList<>();
        Holder original = new Holder(list);
        list.add(original);

        Holder copy = copy(original);

        assertThat(copy).isNotSameAs(original);
        assertThat(copy.list().get(0)).isSameAs(copy);
    }

    @Test
    void immutableListReachedAgainThroughItsOwnElementIsOneList() {
        List<Object> inner = new ArrayList<>();
        List<Object> original = List.of(inner);
        inner.add(original);

        List<Object> copy = copy(original);

        assertThat(((List<?>) copy.get(0)).get(0)).isSameAs(copy);
    }

    @Test
    void sharedImmutableListsAreLookedAtOnce() {
        List<Object> original = List.of("a");
        for (int i = 0; i < 100; i++) {
            original = List.of(original, original);
        }

        assertThat(copy(original)).isSameAs(original);
    }

    @Test
    void cycleOfSerialisedObjectsIsCopied() {
        Node original = new Node();
        original.next = new Node(original);

        Node copy = copy(original);

        assertThat(copy).isNotSameAs(original);
        assertThat(copy.next.next).isSameAs(copy);
    }

    @Test
    @Tag("stack") // which holds less of what a mutation test has instrumented
    void nestingDeeperThanTheStackIsAClearError() {
        Object original = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            original = new ArrayList<>(Collections.singletonList(original));
        }
        Object tooDeep = original;

        assertThatThrownBy(() -> copy(tooDeep))
                .isInstanceOf(CopyException.class)
                .hasMessage("cannot copy java.util.ArrayList: it is nested too deeply; flatten it, register a Copier"
                        + " for it, or use store by reference")
                .hasNoCause(); // the stack did not overflow
    }

    @Test
    void nestingOfSerialisedObjectsDeeperThanTheStackIsAClearError() {
        Node original = new Node();
        for (int i = 0; i < 100_000; i++) {
            original = new Node(original);
        }
        Node tooDeep = original;

        assertThatThrownBy(() -> copy(tooDeep))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void usualNestingIsNoError() {
        Object original = Optional.of(new Date(1));
        for (int i = 0; i < 300; i++) {
            original = new ArrayList<>(List.of(original));
        }

        assertThat(copy(original)).isEqualTo(original);
    }

    private record Holder(List<Object> list) {
        @Override
        public int hashCode() {
            return 1;
        }
    }

    static final class Node implements Serializable {
        private Node next;

        Node() {}

        Node(Node next) {
            this.next = next;
        }
    }
}
