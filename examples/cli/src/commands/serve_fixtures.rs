//! `lead serve-fixtures`

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use fixture_web::{FixtureServer, HOSTS, ServerConfig, World};

use crate::Exit;
use crate::app::App;
use crate::halt::{Outcome, io_error};
use crate::world::{WorldArgs, serve};

/// Serve the generated web, for trying things out
///
/// A seeded world of invented businesses, their sites, a directory, look-alikes of Overpass, Nominatim and a maps
/// service, and traps, on loopback until Ctrl-C. All hosts end in .test and are told apart by name, so they are reached
/// with --resolve '*.test=127.0.0.1:PORT' --allow-net 127.0.0.0/8. Prints the lines to try.
#[derive(Args, Debug)]
pub(crate) struct ServeFixtures {
    /// Port of 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "P", default_value_t = 0)]
    port: u16,
    #[command(flatten)]
    world: WorldArgs,
    /// Also write sites.txt and truth.jsonl into this folder
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// Services refuse now and then, as real ones do
    #[arg(long)]
    faults: bool,
    /// No site is slow, fails once or limits: for measurements
    #[arg(long, conflicts_with = "faults")]
    pure: bool,
}

impl ServeFixtures {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let mut config = if self.pure {
            ServerConfig::pure()
        } else {
            ServerConfig::default()
        };
        config.faults = self.faults;
        let server = serve(self.world.generate().await?, self.port, config).await?;
        if let Some(folder) = &self.write {
            write(server.world(), folder)?;
        }
        self.guide(app, &server)?;
        app.flush()?;
        app.interrupt.asked(1).await;
        server.stop().await;
        Ok(Exit::Done)
    }

    fn guide(&self, app: &mut App, server: &FixtureServer) -> Outcome<()> {
        let (world, port) = (server.world(), server.addr().port());
        app.line(&format!("http://{}", server.addr()))?;
        app.line(&format!(
            "{} businesses, {} sites, seed {}",
            world.businesses().len(),
            world.sites(None).count(),
            self.world.seed
        ))?;
        for guide in &HOSTS {
            app.line(&format!("  {:19} {}", guide.host, guide.what))?;
        }
        // Where a URL names no port, that of --resolve is taken: so leads keep their addresses whatever the port is.
        let net = format!("--resolve '*.test=127.0.0.1:{port}' --allow-net 127.0.0.0/8");
        app.line("\nTry:")?;
        app.line(&format!(
            "  lead collect dentists --near Lyon --rate off {net} \\\n    \
             --overpass-url http://overpass.test/api/interpreter --nominatim-url http://nominatim.test/"
        ))?;
        app.line(&format!(
            "  lead extract {} {net}",
            world.open_site().unwrap_or_default()
        ))?;
        app.line(&format!(
            "  curl -H 'Host: fixtures.test' http://{}/",
            server.addr()
        ))?;
        app.line("\nCtrl-C stops it.")
    }
}

fn write(world: &World, folder: &Path) -> lead_core::Result<()> {
    let failed = |path: &Path| {
        let name = path.display().to_string();
        move |cause| io_error("write", &name, cause)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let (sites, truth) = (folder.join("sites.txt"), folder.join("truth.jsonl"));
    let list: String = world.sites(None).map(|site| site + "\n").collect();
    fs::write(&sites, list).map_err(failed(&sites))?;
    let file = fs::File::create(&truth).map_err(failed(&truth))?;
    let mut out = BufWriter::new(file);
    world
        .write_truth(None, &mut out)
        .and_then(|()| out.flush())
        .map_err(failed(&truth))
}
