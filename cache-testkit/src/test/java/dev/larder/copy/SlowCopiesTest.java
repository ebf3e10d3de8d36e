package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowCopiesTest {

    private static final Logger LOGGER = Logger.getLogger(ValueCopier.class.getName());

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    @Test
    void classThatIsCopiedSlowlyIsOneLineHoweverManyCopiersAndThreadsCopyIt() {
        IntStream.range(0, 100).parallel().forEach(i -> newCopier().copy(new Fixed("a")));

        assertThat(lines)
                .containsExactly("INFO " + Fixed.class.getName() + " is copied by Java serialisation, which is slow: "
                        + Fixed.class.getName()
                        + ".name is final; if that matters, register a Copier for it, or store by reference");
    }

    @Test
    void lineNamesThePartThatIsToBlame() {
        newCopier().copy(new ArrayList<>(List.of(new Plain(), new Blamed())));

        assertThat(lines).singleElement().asString().startsWith("INFO " + Blamed.class.getName());
    }

    @Test
    void classThatIsCopiedFieldByFieldIsNotMentioned() {
        newCopier().copy(new Plain());

        assertThat(lines).isEmpty();
    }

    @Test
    void classThatAFilterMustSeeIsNotMentioned() {
        ValueCopier copier = ValueCopier.builder(getClass().getClassLoader())
                .filter(info -> ObjectInputFilter.Status.UNDECIDED)
                .build();

        copier.copy(new Plain());

        assertThat(lines).isEmpty();
    }

    private ValueCopier newCopier() {
        return ValueCopier.using(getClass().getClassLoader());
    }

    static final class Plain implements Serializable {}

    static final class Fixed implements Serializable {
        @SuppressWarnings("UnusedVariable") // read by serialisation
        private final String name;

        Fixed(String name) {
            this.name = name;
        }
    }

    static final class Blamed implements Serializable {
        private Object readResolve() {
            return this;
        }
    }
}
