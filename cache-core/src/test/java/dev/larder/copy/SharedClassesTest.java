package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedClassesTest {

    private final SharedClasses classes = new SharedClasses();

    @Test
    void classThatWasAddedIsKnown() {
        classes.add(UUID.class);
        classes.add(Duration.class);

        assertThat(classes.contains(UUID.class)).isTrue();
        assertThat(classes.contains(Duration.class)).isTrue();
        assertThat(classes.contains(String.class)).isFalse();
    }

    @Test
    void noneIsKnownInTheBeginning() {
        assertThat(classes.contains(UUID.class)).isFalse();
    }

    @Test
    void classForWhichThereIsNoRoomChangesNothing() {
        List<Class<?>> few = List.of(UUID.class, Duration.class, Byte.class, Short.class);
        few.forEach(classes::add);

        classes.add(String.class);

        assertThat(few).allMatch(classes::contains);
        assertThat(classes.contains(String.class)).isFalse();
    }

    @Test
    void roomOfAClassThatIsGoneIsTakenByAnother() throws Exception {
        WeakReference<Class<?>> gone = addClassThatGoes();
        List.of(Duration.class, Byte.class, Short.class).forEach(classes::add);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return gone.refersTo(null);
        });

        classes.add(String.class);

        assertThat(classes.contains(String.class)).isTrue();
        assertThat(classes.contains(Short.class)).isTrue();
    }

    private WeakReference<Class<?>> addClassThatGoes() throws ClassNotFoundException {
        String name = SharedClassesTest.class.getName() + "$Gone";
        Class<?> type = new ChildLoader(name::equals).loadClass(name);
        classes.add(type);
        return new WeakReference<>(type);
    }

    static final class Gone {}
}
