package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // users keep such values
class UserCopierTest {

    private final ValueCopier.Builder builder = ValueCopier.builder(getClass().getClassLoader());

    @Test
    void usersCopierComesFirst() {
        ValueCopier copier =
                builder.copier(Date.class, date -> new Date(date.getTime() + 1)).build();

        assertThat(copier.copy(new Date(1))).isEqualTo(new Date(2));
    }

    @Test
    void usersCopierServesElementsAndComponents() {
        ValueCopier copier =
                builder.copier(Socket.class, socket -> new Socket("copied")).build();

        List<?> copy = (List<?>) copier.copy(new ArrayList<>(List.of(new Socket("a"), new Plug(new Socket("b")))));

        assertThat(copy.toArray()).containsExactly(new Socket("copied"), new Plug(new Socket("copied")));
    }

    @Test
    void usersCopierServesPartsOfSerialisedObjects() {
        ValueCopier copier =
                builder.copier(Socket.class, socket -> new Socket("copied")).build();
        Socket shared = new Socket("a");

        Box copy = (Box) copier.copy(new Box(shared, shared));

        assertThat(copy.left).isEqualTo(new Socket("copied")).isSameAs(copy.right);
    }

    @Test
    void objectThatOccursTwiceIsCopiedOnce() {
        ValueCopier copier =
                builder.copier(Socket.class, socket -> new Socket("copied")).build();
        Socket shared = new Socket("a");

        List<?> copy = (List<?>) copier.copy(new ArrayList<>(List.of(shared, shared)));

        assertThat(copy.get(0)).isSameAs(copy.get(1));
    }

    @Test
    void copierOfASupertypeServesItsSubtypes() {
        ValueCopier copier =
                builder.copier(Fruit.class, fruit -> new Apple("fruit")).build();

        assertThat(((Apple) copier.copy(new Apple("a"))).name).isEqualTo("fruit");
    }

    @Test
    void moreSpecificCopierWins() {
        ValueCopier copier = builder.copier(Object.class, value -> "object")
                .copier(Fruit.class, fruit -> new Apple("fruit"))
                .copier(Apple.class, apple -> new Apple("apple"))
                .build();

        assertThat(((Apple) copier.copy(new Apple("a"))).name).isEqualTo("apple");
        assertThat(((Apple) copier.copy(new Fruit() {})).name).isEqualTo("fruit");
        assertThat(copier.copy(1)).isEqualTo("object");
    }

    @Test
    void identityCopierDeclaresAClassImmutable() {
        ValueCopier copier = builder.copier(Socket.class, Copier.identity()).build();
        Socket socket = new Socket("a");

        assertThat(copier.copy(socket)).isSameAs(socket);
        assertThat(((Box) copier.copy(new Box(socket, null))).left).isSameAs(socket);
        assertThat(copier.forType(Socket.class).isIdentity()).isTrue();
    }

    @Test
    void typeWithACopierOfItsOwnIsNotShared() {
        ValueCopier copier = builder.copier(String.class, String::strip).build();

        assertThat(copier.forType(String.class).isIdentity()).isFalse();
        assertThat(copier.copy(" a ")).isEqualTo("a");
    }

    @Test
    void typeWithMutableSubtypesIsNotShared() {
        ValueCopier copier = builder.copier(Fruit.class, Copier.identity())
                .copier(Apple.class, apple -> new Apple("copied"))
                .build();

        assertThat(copier.forType(Fruit.class).isIdentity()).isFalse();
    }

    @Test
    void copierThatReturnsNullIsNamed() {
        Copier<Socket> broken = socket -> null;
        ValueCopier copier = builder.copier(Socket.class, broken).build();

        assertThatThrownBy(() -> copier.copy(new Socket("a")))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining(broken.getClass().getName())
                .hasMessageContaining("returned null for a " + Socket.class.getName());
    }

    @Test
    void secondCopierForAClassIsAnError() {
        builder.copier(Socket.class, Copier.identity());

        assertThatThrownBy(() -> builder.copier(Socket.class, Copier.identity()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the copier for " + Socket.class.getName() + " was already set");
    }

    /** Neither a record nor Serializable. */
    static final class Socket {
        private final String name;

        Socket(String name) {
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Socket socket && socket.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    record Plug(Socket socket) {}

    interface Fruit {}

    static final class Apple implements Fruit {
        private final String name;

        Apple(String name) {
            this.name = name;
        }
    }

    static final class Box implements Serializable {
        private final Object left;
        private final Object right;

        Box(Object left, Object right) {
            this.left = left;
            this.right = right;
        }
    }
}
