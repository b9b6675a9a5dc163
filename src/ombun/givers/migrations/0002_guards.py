from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parents[1] / "sql" / "guards.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("givers", "0001_initial")]
    operations = [migrations.RunSQL([(SQL, None)], migrations.RunSQL.noop)]
