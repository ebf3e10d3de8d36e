package dev.larder.conformance.redis;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Where a web application runs, on a free port of 127.0.0.1. */
enum WebContainer {

    /** Tomcat 11, with Servlet 6.1. */
    TOMCAT {
        @Override
        Running start(Consumer<ServletContext> application) throws Exception {
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(workFolder());
            tomcat.setPort(0);
            tomcat.setSilent(true);
            tomcat.getConnector().setProperty("address", HOST);
            Context context = tomcat.addContext("", null);
            context.addServletContainerInitializer((classes, servlets) -> application.accept(servlets), null);
            tomcat.start();
            return new Running(tomcat.getConnector().getLocalPort(), tomcat::stop);
        }
    },

    /** Jetty 12.1 with Servlet 6.0. */
    JETTY {
        @Override
        Running start(Consumer<ServletContext> application) throws Exception {
            Server jetty = new Server();
            ServerConnector connector = new ServerConnector(jetty, 1, 1);
            connector.setHost(HOST);
            jetty.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler("", ServletContextHandler.NO_SESSIONS);
            context.addServletContainerInitializer((classes, servlets) -> application.accept(servlets));
            jetty.setHandler(context);
            jetty.start();
            return new Running(connector.getLocalPort(), jetty::stop);
        }
    };

    static final String HOST = "127.0.0.1";

    /** Starts an application in it. */
    abstract Running start(Consumer<ServletContext> application) throws Exception;

    private static String workFolder() throws IOException {
        return Files.createDirectories(Path.of("target", "tomcat")).toString();
    }

    /** One that was started. */
    record Running(int port, Closing closing) implements AutoCloseable {

        @Override
        public void close() throws Exception {
            closing.close();
        }
    }

    /** How it is ended. */
    @FunctionalInterface
    interface Closing {
        void close() throws Exception;
    }
}
