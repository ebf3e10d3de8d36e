package dev.larder.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    /** So many that one who took any port would take one of the other's. */
    private static final int PORTS = 300;

    /** What is static is there once for each class loader, as it is for each JVM. */
    @Test
    void jvmsThatRunAtTheSameTimeNeverGetTheSamePort() throws Exception {
        URL[] classes = {FreePorts.class.getProtectionDomain().getCodeSource().getLocation()};
        List<Integer> ports = new ArrayList<>();
        try (URLClassLoader oneJvm = new URLClassLoader(classes, null);
                URLClassLoader anotherJvm = new URLClassLoader(classes, null)) {
            Method one = nextOf(oneJvm);
            Method another = nextOf(anotherJvm);
            for (int i = 0; i < PORTS; i++) {
                ports.add((Integer) one.invoke(null));
                ports.add((Integer) another.invoke(null));
            }
        }

        assertThat(ports).hasSize(2 * PORTS).doesNotHaveDuplicates();
    }

    private static Method nextOf(ClassLoader loader) throws ReflectiveOperationException {
        Method next = loader.loadClass(FreePorts.class.getName()).getDeclaredMethod("next");
        next.setAccessible(true);
        return next;
    }
}
