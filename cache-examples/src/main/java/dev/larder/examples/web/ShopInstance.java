package dev.larder.examples.web;

import dev.larder.servlet.LarderSessionFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** One instance of the shop: a Tomcat at a port of this machine. */
final class ShopInstance implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Tomcat tomcat = new Tomcat();
    private final SharedSessions.Opened sessions;

    private ShopInstance(SharedSessions.Opened sessions) {
        this.sessions = sessions;
    }

    static ShopInstance start(int port, SharedSessions.Opened sessions) throws IOException, LifecycleException {
        ShopInstance instance = new ShopInstance(sessions);
        instance.listen(port);
        return instance;
    }

    private void listen(int port) throws IOException, LifecycleException {
        tomcat.setBaseDir(Files.createDirectories(Path.of("target", "tomcat")).toString());
        tomcat.setPort(port);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", HOST);
        Context application = tomcat.addContext("", null);
        application.addServletContainerInitializer((classes, context) -> configure(context), null);
        tomcat.start();
    }

    /** All that has to be done for sessions is to put the filter in front; the pages do not know of it. */
    private void configure(ServletContext context) {
        LarderSessionFilter filter =
                LarderSessionFilter.builder(sessions.store()).build();
        context.addFilter("sessions", filter)
                .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");

        context.setRequestCharacterEncoding("UTF-8");
        context.addServlet("login", new LoginPage()).addMapping("/login");
        context.addServlet("logout", new LogoutPage()).addMapping("/logout");
        context.addServlet("cart", new CartPage()).addMapping("", "/cart");
    }

    /** Returns the address of a page. */
    URI page(String path) {
        return URI.create("http://" + HOST + ":" + tomcat.getConnector().getLocalPort() + path);
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        sessions.close();
    }
}
