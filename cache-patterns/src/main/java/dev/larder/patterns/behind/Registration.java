package dev.larder.patterns.behind;

import java.lang.management.ManagementFactory;
import java.util.Hashtable;
import java.util.Map;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** A bean in the platform's MBean server. */
final class Registration {

    private static final System.Logger LOGGER = System.getLogger(WriteBehind.class.getName());

    private final ObjectName name;

    private Registration(ObjectName name) {
        this.name = name;
    }

    /**
     * Registers a bean.
     *
     * @throws IllegalStateException if there is one of that name, or the name is none
     */
    static Registration of(String name, WriteBehindMXBean bean) {
        try {
            ObjectName objectName = objectName(name);
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(bean, WriteBehindMXBean.class, true), objectName);
            return new Registration(objectName);
        } catch (JMException e) {
            throw new IllegalStateException("write-behind \"" + name + "\" cannot be registered with JMX", e);
        }
    }

    @SuppressWarnings("JdkObsolete") // ObjectName takes nothing else
    private static ObjectName objectName(String name) throws MalformedObjectNameException {
        return new ObjectName(
                "dev.larder.patterns", new Hashtable<>(Map.of("type", "WriteBehind", "name", ObjectName.quote(name))));
    }

    void end() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException e) {
            LOGGER.log(System.Logger.Level.DEBUG, name + " was not registered any more", e);
        }
    }
}
